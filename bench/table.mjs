export function isOver({ value, budget }) {
  if (!budget) return false;
  // A number that could not be had is no pass.
  return "most" in budget ? !(value <= budget.most) : !(value >= budget.least);
}

/** Neither pass nor over: no honest measurement could give this number. */
export function isNoise({ value, budget }) {
  return budget?.floor !== undefined && value < budget.floor;
}

/** One table: what, value with its range, budget with its mark, note. */
export function print(machine, groups) {
  const { processor, cores, chromium, system, node, commit, loadAtStart, at } = machine;
  console.log(`\n${processor}, ${cores} cores · Chromium ${chromium} · ${system} · Node ${node}`);
  console.log(`${at} UTC · commit ${commit} · load at start ${loadAtStart.toFixed(1)}`);
  if (loadAtStart > cores / 4) {
    console.log("The machine is busy with other things: absolute numbers are rough, and ratios wide.");
  }
  const all = groups.flatMap((group) => group.rows);
  const width = Math.max(...all.map((row) => row.what.length));
  for (const { title, rows } of groups) {
    console.log(`\n${title}`);
    for (const row of rows) console.log(line(row, width).trimEnd());
  }
  const budgets = all.filter((row) => row.budget);
  const over = budgets.filter(isOver);
  const noise = budgets.filter(isNoise).length;
  const unsure = noise > 0 ? `, ${noise} lost in noise` : "";
  console.log(
    `\n${budgets.length - over.length - noise} of ${budgets.length} budgets kept${unsure}${over.length > 0 ? "; over:" : ""}`,
  );
  for (const row of over) console.log(`  ${row.what}: ${number(row.value)} ${row.unit}, ${limit(row.budget)}`);
}

function line(row, width) {
  const spread = row.range ? `(${number(row.range[0])}–${number(row.range[1])})` : "";
  const mark = row.budget ? `${limit(row.budget).padEnd(7)} ${markOf(row)}` : "";
  return `  ${row.what.padEnd(width)}  ${number(row.value).padStart(8)} ${row.unit.padEnd(9)} ${spread.padEnd(15)} ${mark.padEnd(13)} ${row.note ?? ""}`;
}

function markOf(row) {
  if (isNoise(row)) return "noise";
  return isOver(row) ? "OVER" : "pass";
}

function limit(budget) {
  return "most" in budget ? `≤ ${budget.most}` : `≥ ${budget.least}`;
}

function number(value) {
  if (value === null || Number.isNaN(value)) return "?";
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
