/**
 * Keeps "open now" right on a cached page.
 *
 * The server prints the schedule (`clinicsite.locations.hours.as_json`) and a sentence. This module works the sentence out
 * again in the location's time zone, now, each minute, and whenever the page comes back into view. Without it
 * the printed table and sentence stand.
 *
 *   <section data-hours>                         or data-hours="id-of-a-json-script"
 *     <script type="application/json" data-hours-schedule>…</script>
 *     <p data-hours-state data-state="open">…</p>
 *     <tr data-weekday="0">…</tr>                with data-date="2026-09-07" where a row is one date
 *   </section>
 *   <div data-hours-choice>                      the lines of several places, of which one is shown
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PLAIN_CLOSING = 12 * 60 * MINUTE;

/**
 * How far clocks at the place are ahead of UTC at an instant. The server prints it: the device may know other rules.
 * Before the first entry and after the last the nearest one holds.
 */
function offsetAt({ offsets }, instant) {
  let found = offsets[0][1];
  for (const [from, offset] of offsets) if (from <= instant) found = offset;
  return found;
}

/** The clock face at an instant, held as the instant at which a UTC clock shows the same. */
function wallAt(schedule, instant) {
  const second = Math.floor(instant / 1000) * 1000;
  return second + offsetAt(schedule, second);
}

/**
 * The first instant at which a clock at the place has reached a wall time: the first pass of a repeated hour,
 * and the end of the gap for a time that spring skips. The same rule as `instant` in locations/hours/clock.py.
 */
function instantOf(schedule, wall) {
  const [before, after] = [wall - DAY, wall + DAY].map((near) => wall - offsetAt(schedule, near));
  if (before === after) return before;
  const passes = [before, after].filter((instant) => wallAt(schedule, instant) === wall);
  return passes.length ? Math.min(...passes) : endOfGap(schedule, after, before);
}

/** The change of clocks between two instants. */
function endOfGap({ offsets }, after, before) {
  return offsets.map(([from]) => from).find((from) => from > after && from <= before);
}

const isoDate = (day) => new Date(day).toISOString().slice(0, 10);
const weekdayOf = (day) => (new Date(day).getUTCDay() + 6) % 7;
const midnightOf = (wall) => Math.floor(wall / DAY) * DAY;

function stretchesOn(schedule, day) {
  const special = schedule.specialDays[isoDate(day)];
  return special ? special.intervals : schedule.week[weekdayOf(day)];
}

function* openings(schedule, today, byAppointment) {
  for (let number = -1; number <= schedule.horizonDays; number += 1) {
    const day = today + number * DAY;
    for (const stretch of stretchesOn(schedule, day)) {
      if (stretch.byAppointment !== byAppointment) continue;
      const start = instantOf(schedule, day + stretch.opens * MINUTE);
      const end = instantOf(schedule, day + stretch.closes * MINUTE);
      if (start < end) yield { start, end };
    }
  }
}

/** The unbroken run of openings that is going on, else the next one. */
function runAfter(schedule, now, today, byAppointment) {
  let run = null;
  for (const { start, end } of openings(schedule, today, byAppointment)) {
    if (run && start <= run.end) run.end = Math.max(run.end, end);
    else if (run && run.end > now) return run;
    else run = { start, end };
  }
  return run && run.end > now ? run : null;
}

function closing(schedule, end, today) {
  const horizon = instantOf(schedule, today + (schedule.horizonDays + 1) * DAY);
  return end >= horizon ? null : end;
}

/**
 * What the location is at a moment: `name` is "open", "appointment" or "closed"; `opensAt` and `closesAt` are
 * milliseconds since 1970 or null; `special` is the special day of the local date.
 */
export function stateAt(schedule, date) {
  const now = date.getTime();
  const today = midnightOf(wallAt(schedule, now));
  const state = { name: "closed", opensAt: null, closesAt: null, opensByAppointment: false, special: schedule.specialDays[isoDate(today)] ?? null };
  const ordinary = runAfter(schedule, now, today, false);
  if (ordinary && ordinary.start <= now) return { ...state, name: "open", closesAt: closing(schedule, ordinary.end, today) };
  const appointment = runAfter(schedule, now, today, true);
  if (appointment && appointment.start <= now) {
    const end = Math.min(appointment.end, ordinary?.start ?? Infinity);
    return { ...state, name: "appointment", opensAt: ordinary?.start ?? null, closesAt: closing(schedule, end, today) };
  }
  const opensByAppointment = Boolean(appointment && appointment.start < (ordinary?.start ?? Infinity));
  return { ...state, opensAt: (opensByAppointment ? appointment : ordinary)?.start ?? null, opensByAppointment };
}

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);

function twelveHour(wall) {
  const time = new Date(wall);
  const hour = time.getUTCHours();
  if (wall % DAY === DAY / 2) return "noon";
  return `${hour % 12 || 12}:${String(time.getUTCMinutes()).padStart(2, "0")} ${hour < 12 ? "am" : "pm"}`;
}

function describeDay(words, day, today) {
  const ahead = (day - today) / DAY;
  if (ahead < 2) return ahead === 1 ? words.tomorrow : words.today;
  const weekday = words.weekdays[weekdayOf(day)];
  if (ahead < 7) return weekday;
  return fill(words.date, { weekday, month: words.months[new Date(day).getUTCMonth()], day: new Date(day).getUTCDate() });
}

function describeClosing(schedule, state, now, today) {
  const { words } = schedule;
  const wall = wallAt(schedule, state.closesAt);
  const time = wall % DAY === 0 ? "midnight" : twelveHour(wall);
  const lastDay = midnightOf(wallAt(schedule, state.closesAt - 1000));
  if (lastDay === today || state.closesAt - now <= PLAIN_CLOSING) return fill(words[`${state.name}Until`], { time });
  return fill(words[`${state.name}UntilDay`], { day: describeDay(words, lastDay, today), time });
}

function describeClosed(schedule, state, today) {
  const { words } = schedule;
  const name = state.special?.name ?? "";
  let key = "closed";
  if (state.special?.intervals.length === 0) key = name ? "closedFor" : "closedToday";
  if (state.opensAt === null) return fill(words[key], { name });
  const wall = wallAt(schedule, state.opensAt);
  const template = state.opensByAppointment ? words.appointmentOpening : words.opening;
  const opening = fill(template, { day: describeDay(words, midnightOf(wall), today), time: twelveHour(wall) });
  return fill(words[`${key}Then`], { name, opening });
}

/** The sentence for a moment, word for word that of `describe_state` in locations/hours/wording.py. */
export function describe(schedule, date, state = stateAt(schedule, date)) {
  const today = midnightOf(wallAt(schedule, date.getTime()));
  if (state.name === "closed") return describeClosed(schedule, state, today);
  if (state.closesAt === null) return schedule.words[state.name];
  return describeClosing(schedule, state, date.getTime(), today);
}

function readSchedule(element) {
  const id = element.dataset.hours;
  const source = id ? document.getElementById(id) : element.querySelector("script[data-hours-schedule]");
  return source ? JSON.parse(source.textContent) : null;
}

function markToday(element, schedule, date) {
  const today = midnightOf(wallAt(schedule, date.getTime()));
  for (const row of element.querySelectorAll("[data-weekday]")) {
    const isToday = row.dataset.date ? row.dataset.date === isoDate(today) : Number(row.dataset.weekday) === weekdayOf(today);
    if (isToday) row.setAttribute("aria-current", "date");
    else row.removeAttribute("aria-current");
  }
}

/** Bring the `[data-hours]` elements of one schedule up to date. */
export function refresh(elements, schedule, date = new Date()) {
  const state = stateAt(schedule, date);
  const text = describe(schedule, date, state);
  for (const element of elements) {
    for (const line of element.querySelectorAll("[data-hours-state]")) {
      if (line.textContent.trim() !== text) line.textContent = text;
      line.dataset.state = state.name;
    }
    markToday(element, schedule, date);
  }
}

/** Show the first of several places, unless it is closed while another is open; as in locations/spoken.py. */
export function choose(group) {
  const stateOf = (line) => line.querySelector("[data-hours-state]")?.dataset.state ?? "closed";
  const [first, ...others] = group.children;
  const shown = (stateOf(first) === "closed" && others.find((line) => stateOf(line) === "open")) || first;
  for (const line of group.children) line.hidden = line !== shown;
}

/** Whether the server has only just worked it out: then its words stand, and a first look costs nothing. */
const isJustPrinted = (schedule) => Math.abs(Date.now() - schedule.printedAt) < MINUTE;
const untilNextMinute = () => MINUTE - (Date.now() % MINUTE);

function keepFresh(elements, schedule) {
  let timer = 0;
  const update = () => {
    clearTimeout(timer);
    refresh(elements, schedule);
    document.querySelectorAll("[data-hours-choice]").forEach(choose);
    timer = setTimeout(update, untilNextMinute());
  };
  timer = setTimeout(update, isJustPrinted(schedule) ? untilNextMinute() : 0);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) update();
  });
}

/** The elements of the page by schedule: what several of them show is worked out once. */
function bySchedule() {
  const found = new Map();
  for (const element of document.querySelectorAll("[data-hours]")) {
    const key = element.dataset.hours || element;
    found.set(key, [...(found.get(key) ?? []), element]);
  }
  return [...found.values()];
}

if (typeof document !== "undefined") {
  for (const elements of bySchedule()) {
    const schedule = readSchedule(elements[0]);
    if (schedule) keepFresh(elements, schedule);
  }
}
