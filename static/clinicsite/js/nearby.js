/**
 * Puts the nearest places first, once the patient asks for it. The position stays on the device: it is asked of the
 * browser when the button is pressed, used here, and kept nowhere.
 *
 *   <section data-nearby data-nearby-unit="km">
 *     <p hidden data-nearby-sort><button>Nearest to me</button></p>
 *     <p role="status" data-nearby-status></p>
 *     <ul data-nearby-list><li data-latitude="43.7" data-longitude="-79.4">… <span data-nearby-distance hidden></span></li></ul>
 *   </section>
 *
 * A second list takes what the first has no room for.
 */

const EARTH_KM = 6371;
const KM_IN_A_MILE = 1.609344;
const RANKS = { open: 0, appointment: 1, closed: 2 };
const DONE = "Open places first, the nearest on top. Distances are in a straight line. Your position stays on this device.";
const DENIED = "Your browser did not share your position, so the list stays as it was: open places first.";
const UNKNOWN = "We could not find your position, so the list stays as it was: open places first.";

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Kilometres between two points on the globe, each with latitude and longitude in degrees (haversine). */
export function kilometres(one, other) {
  const half = (name) => Math.sin(radians(other[name] - one[name]) / 2) ** 2;
  const along = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  return 2 * EARTH_KM * Math.asin(Math.sqrt(half("latitude") + along * half("longitude")));
}

/** A distance in words, as exact as it is useful: "0.4 km", "12 mi". */
export function describeDistance(km, unit) {
  const distance = unit === "mi" ? km / KM_IN_A_MILE : km;
  if (distance < 0.1) return `less than 0.1 ${unit}`;
  return `${distance < 9.95 ? distance.toFixed(1) : Math.round(distance)} ${unit}`;
}

function rankOf(item) {
  return RANKS[item.querySelector("[data-hours-state]")?.dataset.state] ?? RANKS.closed;
}

function tellDistance(item, position, unit) {
  const { latitude, longitude } = item.dataset;
  if (!latitude) return Infinity;
  const distance = kilometres(position, { latitude: Number(latitude), longitude: Number(longitude) });
  const words = item.querySelector("[data-nearby-distance]");
  words.textContent = ` ${describeDistance(distance, unit)} away`;
  words.hidden = false;
  return distance;
}

function sort(root, position) {
  const lists = [...root.querySelectorAll("[data-nearby-list]")];
  const room = lists[0].children.length;
  const found = lists.flatMap((list) => [...list.children]).map((item) => {
    return { item, rank: rankOf(item), distance: tellDistance(item, position, root.dataset.nearbyUnit) };
  });
  found.sort((one, other) => one.rank - other.rank || one.distance - other.distance);
  found.forEach(({ item }, number) => lists[number < room ? 0 : 1].append(item));
}

function enable(root) {
  const holder = root.querySelector("[data-nearby-sort]");
  const status = root.querySelector("[data-nearby-status]");
  const button = holder.querySelector("button");
  const found = ({ coords }) => {
    sort(root, coords);
    status.textContent = DONE;
  };
  const failed = ({ code, PERMISSION_DENIED }) => (status.textContent = code === PERMISSION_DENIED ? DENIED : UNKNOWN);
  button.addEventListener("click", () => {
    status.textContent = "Looking for your position…";
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: 10_000, maximumAge: 300_000 });
  });
  holder.hidden = false;
}

if (typeof document !== "undefined" && navigator.geolocation && window.isSecureContext) {
  for (const root of document.querySelectorAll("[data-nearby]")) {
    if (root.querySelector("[data-nearby-sort]")) enable(root);
  }
}
