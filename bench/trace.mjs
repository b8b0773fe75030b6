/** Runs `work` and returns the tasks of the page's main thread, in milliseconds, from Chromium's own trace. */
export async function mainThreadTasks(browser, page, work) {
  await browser.startTracing(page, { categories: ["toplevel"] });
  let trace;
  try {
    await work();
  } finally {
    trace = JSON.parse((await browser.stopTracing()).toString("utf8"));
  }
  const events = trace.traceEvents;
  const threads = new Set(
    events
      .filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain")
      .map((event) => `${event.pid}:${event.tid}`),
  );
  const tasks = events.filter(
    (event) => event.ph === "X" && /(^|:)RunTask$/.test(event.name) && threads.has(`${event.pid}:${event.tid}`),
  );
  if (tasks.length === 0) throw new Error("the trace holds no task of the main thread");
  const wall = tasks.map((task) => task.dur / 1000);
  const cpu = tasks.map((task) => (task.tdur ?? Number.NaN) / 1000).filter((time) => !Number.isNaN(time));
  return {
    longestWall: Math.max(...wall),
    longestCpu: cpu.length > 0 ? Math.max(...cpu) : Number.NaN,
    over50: wall.filter((time) => time > 50).length,
  };
}
