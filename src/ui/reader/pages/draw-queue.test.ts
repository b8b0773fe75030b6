import { expect, test } from "vitest";
import { DrawQueue } from "./draw-queue.ts";

const never = new AbortController().signal;

test("Q1 one at a time, the nearest first, a failure holds nobody up", async () => {
  const queue = new DrawQueue();
  const log: string[] = [];
  let running = 0;
  const job =
    (name: string, fails = false) =>
    async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      log.push(name);
      if (fails) throw new Error(name);
    };
  const all = [
    queue.run(() => 5, never, job("far")),
    queue.run(() => 1, never, job("near", true)),
    queue.run(() => 0, never, job("seen")),
  ];
  const ends = await Promise.allSettled(all);
  expect(log).toEqual(["seen", "near", "far"]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("Q2 what is no longer wanted is never begun", async () => {
  const queue = new DrawQueue();
  const stop = new AbortController();
  const log: string[] = [];
  const first = queue.run(
    () => 0,
    never,
    async () => void log.push("first"),
  );
  const second = queue.run(
    () => 1,
    stop.signal,
    async () => void log.push("second"),
  );
  stop.abort();
  await expect(second).rejects.toThrow(/abort/i);
  await first;
  expect(log).toEqual(["first"]);
  await expect(
    queue.run(
      () => 0,
      stop.signal,
      async () => {},
    ),
  ).rejects.toThrow(/abort/i);
});
