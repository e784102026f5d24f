/**
 * Says beside a field for a time or a date what the words typed into it are taken for, and offers times and a
 * calendar to choose from. What was typed is never changed; the server reads it again and decides.
 *
 * The reading is that of `clinicsite.core.typed_times`; tests/data/typed_times.json holds both to the same
 * answers. Here what is not certain is null, and why not is the server's to say. Clocks that change in spring
 * and autumn are its business too.
 */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTH_FIRST = ["CA", "US"];
const [FIRST_YEAR, LAST_YEAR] = [1900, 2199];
const [LATELY, HALF_A_YEAR] = [31, 150];
const DAY = 86_400_000;

/** {jan: 1, january: 1, …} and {mon: 0, monday: 0, …}. */
const numbered = (names, first) =>
  Object.fromEntries(names.flatMap((name, number) => [name, name.slice(0, 3)].map((form) => [form.toLowerCase(), number + first])));
const MONTH_OF = new Map(Object.entries({ ...numbered(MONTHS, 1), sept: 9 }));
const WEEKDAY_OF = new Map(Object.entries({ ...numbered(WEEKDAYS, 0), tues: 1, weds: 2, thur: 3, thurs: 3 }));

const plain = (typed) => typed.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
const twoDigits = (number) => String(number).padStart(2, "0");

// Times

const NAMED = new Map(
  Object.entries({ noon: "12:00", midday: "12:00", midnight: "00:00" }).flatMap(([name, at]) =>
    ["", "12 ", "12", "12:00 "].map((twelve) => [twelve + name, at]),
  ),
);

/** [hour, minute, whether it is written as on the 24-hour clock] or null. */
function faceOf(text) {
  let found = /^([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?$/.exec(text);
  if (found) return (found[3] ?? "00") === "00" ? [+found[1], +found[2], found[1].length === 2 || found[1] === "0"] : null;
  found = /^([0-9]{1,2}) ?h(?: ?([0-9]{2}))?$/.exec(text);
  if (found) return [+found[1], +(found[2] ?? 0), true];
  found = /^([0-9]{1,2})([0-9]{2})$/.exec(text);
  if (found) return [+found[1], +found[2], found[1].length === 2];
  return /^[0-9]{1,2}$/.test(text) ? [+text, 0, +text > 12] : null;
}

/** "17:00" for "5pm"; null for what is not certain. */
export function readTime(typed) {
  const text = plain(typed);
  if (NAMED.has(text)) return NAMED.get(text);
  const half = /^(.*?) ?([ap])(?:\.? ?m)?\.?$/.exec(text);
  const face = faceOf(half ? half[1] : text);
  if (!face || face[1] > 59) return null;
  const [hour, minute, is24Hour] = face;
  if (half && (hour < 1 || hour > 12)) return null;
  if (!half && (hour > 23 || !is24Hour)) return null;
  return `${twoDigits(half ? (hour % 12) + (half[2] === "p" ? 12 : 0) : hour)}:${twoDigits(minute)}`;
}

// Dates: days since 1970 inside, "2026-12-18" outside

const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayOf = (iso) => Date.parse(`${iso}T00:00Z`) / DAY;
const weekdayOf = (day) => (new Date(day * DAY).getUTCDay() + 6) % 7;

/** The day, or null where there is none. */
function dayAt(year, month, number) {
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const day = Date.UTC(year, month - 1, number) / DAY;
  return isoOf(day) === `${year}-${twoDigits(month)}-${twoDigits(number)}` ? day : null;
}

function inItsYear(month, number, { today, lean }) {
  if (month === 2 && number === 29) return null;
  const thisYear = new Date(today * DAY).getUTCFullYear();
  const days = [-1, 0, 1].map((more) => dayAt(thisYear + more, month, number));
  if (days.includes(null)) return null;
  const before = Math.max(...days.filter((day) => day < today));
  const after = Math.min(...days.filter((day) => day >= today));
  if (after === today) return after;
  const [since, until] = [today - before, after - today];
  if (lean === "ahead") return since > LATELY ? after : null;
  if (lean === "back") return until > LATELY ? before : null;
  return Math.min(since, until) < HALF_A_YEAR ? (since <= until ? before : after) : null;
}

function monthAndDay(first, second, region) {
  const inOrder = MONTH_FIRST.includes(region) ? [first, second] : [second, first];
  return inOrder[0] > 12 && inOrder[1] <= 12 ? [inOrder[1], inOrder[0]] : inOrder;
}

const THE_DAY = "(?:the )?(?<day>[0-9]{1,2})(?:st|nd|rd|th)?";
const THE_MONTH = "(?<month>[a-z]+)";
const THE_YEAR = "(?: (?<year>[0-9]{2,4}))?";
const IN_WORDS = [
  new RegExp(`^${THE_DAY} ?(?:of )?${THE_MONTH}${THE_YEAR}$`),
  new RegExp(`^${THE_MONTH} ?${THE_DAY}${THE_YEAR}$`),
  new RegExp(`^(?<year>[0-9]{4}) ${THE_MONTH} ${THE_DAY}$`),
];

/** [year or undefined, month, day] as they are typed, or null. */
function partsOf(text, region) {
  for (const pattern of IN_WORDS) {
    const { year, month, day } = pattern.exec(text)?.groups ?? {};
    if (MONTH_OF.has(month)) return [year, MONTH_OF.get(month), +day];
  }
  let found = /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})$/.exec(text);
  if (found) return [found[1], +found[3], +found[4]];
  found = /^([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{2,4})$/.exec(text);
  if (found) return [found[4], ...monthAndDay(+found[1], +found[3], region)];
  found = /^([0-9]{1,2})\/([0-9]{1,2})$/.exec(text);
  return found && [undefined, ...monthAndDay(+found[1], +found[2], region)];
}

function withoutWeekday(text, asked) {
  const parts = partsOf(text, asked.region);
  if (!parts) return null;
  const [year, month, number] = parts;
  if (year === undefined) return inItsYear(month, number, asked);
  return year.length === 4 ? dayAt(+year, month, number) : null;
}

const NEAR_TODAY = new Map(Object.entries({ yesterday: -1, today: 0, tomorrow: 1 }));

function coming(weekday, { today, lean }) {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return lean === "ahead" && ahead ? today + ahead : null;
}

function dayTyped(typed, asked) {
  const spaced = plain(typed).replace(/(?<=[a-z])\./g, " ").replaceAll(",", " ");
  const text = plain(spaced.replace(/(?<=[a-z])[-/](?=[0-9])|(?<=[0-9])[-/](?=[a-z])/g, " "));
  if (NEAR_TODAY.has(text)) return asked.today + NEAR_TODAY.get(text);
  const [, name, rest] = /^(?:on )?([a-z]+)\b ?(.*)$/.exec(text.replace(/^this /, "")) ?? [];
  if (!WEEKDAY_OF.has(name)) return withoutWeekday(text, asked);
  if (!rest) return coming(WEEKDAY_OF.get(name), asked);
  const day = withoutWeekday(rest, asked);
  return day !== null && weekdayOf(day) === WEEKDAY_OF.get(name) ? day : null;
}

/** "2026-12-18" for "18 Dec"; null for what is not certain. `today` is an ISO date, `lean` ahead, back or nearest. */
export function readDate(typed, { region, today, lean = "ahead" }) {
  const day = dayTyped(typed, { region, lean, today: dayOf(today) });
  return day === null ? null : isoOf(day);
}

// Both

function halvesOf(text) {
  const words = text.replaceAll("@", " at ").split(" ").filter(Boolean);
  const bare = (part) => part.join(" ").replace(/^,+|,+$/g, "");
  const parts = words.slice(1).map((_, number) => [bare(words.slice(0, number + 1)), bare(words.slice(number + 1))]);
  const dateFirst = parts.map(([first, second]) => [first.replace(/ at$/, "").replace(/,+$/, ""), second.replace(/^at /, "")]);
  return [...dateFirst, ...parts.map(([first, second]) => [second.replace(/^on /, ""), first.replace(/ on$/, "").replace(/,+$/, "")])];
}

const timeBeside = (text) => (/^[0-9]{1,2}$/.test(text) || text.includes("midnight") ? null : readTime(text));

/** "2026-12-02T09:00" for "Dec 2 9am"; null for what is not certain. */
export function readMoment(typed, asked) {
  const text = plain(typed).replace(/(?<=[0-9])t(?=[0-9])/g, " ");
  if (readDate(text, asked) || readTime(text)) return null;
  const found = halvesOf(text).map(([date, time]) => [readDate(date, asked), timeBeside(time)]);
  const whole = new Set(found.filter(([date, time]) => date && time).map((both) => both.join("T")));
  return whole.size === 1 ? [...whole][0] : null;
}

// In words

const twelveHour = (time) => {
  const [hour, minute] = time.split(":");
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? "am" : "pm"}`;
};
const timeWritten = (time) => (time === "00:00" ? "midnight" : twelveHour(time));
const dateParts = (iso) => [WEEKDAYS[weekdayOf(dayOf(iso))], +iso.slice(8), MONTHS[iso.slice(5, 7) - 1], iso.slice(0, 4)];
const dateInWords = (iso) => dateParts(iso).join(" ");
const dateWritten = (iso) => {
  const [, day, month, year] = dateParts(iso);
  return `${day} ${month.slice(0, 3)} ${year}`;
};

/** How each kind of field reads, says what it has read, and shows what it expects. */
const KINDS = {
  time: { read: readTime, say: timeWritten, how: "Such as 5:00 pm, 17:00, noon or midnight." },
  date: { read: readDate, say: dateInWords, how: "Such as 18 Dec 2026." },
  moment: {
    read: readMoment,
    say: (moment) => `${dateInWords(moment.slice(0, 10))}, ${twelveHour(moment.slice(11))}`,
    how: "Such as 18 Dec 2026, 5:00 pm.",
  },
};

/** The times in the list below a field: each half hour of a clinic's day, shared by all fields. */
function listOfTimes() {
  const id = "clinicsite-typed-times";
  if (!document.getElementById(id)) {
    const list = Object.assign(document.createElement("datalist"), { id });
    for (let half = 12; half <= 44; half += 1) list.append(new Option(twelveHour(`${half >> 1}:${half % 2 ? "30" : "00"}`)));
    document.body.append(list);
  }
  return id;
}

if (window.wagtail?.app) {
  class TypedTimeController extends window.StimulusModule.Controller {
    static values = { kind: String, lean: String, region: String, today: String };

    connect() {
      this.said = Object.assign(document.createElement("p"), { className: "clinicsite-typed-time__said" });
      this.said.setAttribute("role", "status");
      this.added = [this.said];
      if (this.kindValue === "time") this.element.setAttribute("list", listOfTimes());
      else this.addCalendar();
      this.element.after(...this.added);
      this.onInput = () => this.say(false);
      this.onChange = () => this.say(true);
      this.element.addEventListener("input", this.onInput);
      this.element.addEventListener("change", this.onChange);
      // Where the server has said why, nothing more need be said.
      this.say(this.element.getAttribute("aria-invalid") !== "true");
    }

    disconnect() {
      this.element.removeEventListener("input", this.onInput);
      this.element.removeEventListener("change", this.onChange);
      for (const element of this.added) element.remove();
    }

    read() {
      const { region, today } = { region: this.regionValue, today: this.todayValue };
      return KINDS[this.kindValue].read(this.element.value, { region, today, lean: this.leanValue });
    }

    /** Say what is read; while somebody is still typing, say nothing of what is not finished. */
    say(isFinished) {
      const { say, how } = KINDS[this.kindValue];
      const read = this.read();
      const isUnread = !read && isFinished && this.element.value.trim() !== "";
      const words = read ? say(read) : "";
      this.said.classList.toggle("clinicsite-typed-time__said--unread", isUnread);
      this.said.textContent = isUnread ? `Not clear yet. ${how}` : words === this.element.value ? "" : words;
    }

    addCalendar() {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "clinicsite-typed-time__pick button button-small button-secondary", textContent: "Calendar" });
      this.calendar = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1, className: "clinicsite-typed-time__calendar" });
      this.calendar.setAttribute("aria-hidden", "true");
      button.addEventListener("click", () => {
        this.calendar.value = this.read()?.slice(0, 10) ?? "";
        this.calendar.showPicker();
      });
      this.calendar.addEventListener("change", () => this.take(this.calendar.value));
      this.added.push(button, this.calendar);
    }

    /** Write the day that was chosen into the field, beside the time that stands there. */
    take(iso) {
      if (!iso) return;
      const time = this.kindValue === "moment" ? this.read()?.slice(11) : null;
      this.element.value = dateWritten(iso) + (time ? `, ${twelveHour(time)}` : "");
      for (const type of ["input", "change"]) this.element.dispatchEvent(new Event(type, { bubbles: true }));
      this.element.focus();
    }
  }

  window.wagtail.app.register("clinicsite-typed-time", TypedTimeController);
}
