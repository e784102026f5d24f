/** The behaviours of the public pages. Each does nothing where its hook is not on the page. */

import "./error-summary.js";
import "./hours.js";
import "./nav.js";
import "./nearby.js";
import "./offline.js";
import "./print.js";
import "./share.js";
import "./video.js";
