import { describe, expect, test } from "vitest";
import { parseRange, sliceResponse } from "./range.ts";

describe("parseRange", () => {
  test.each([
    ["bytes=0-3", 10, { start: 0, end: 3 }],
    ["bytes=4-", 10, { start: 4, end: 9 }],
    ["bytes=4-99", 10, { start: 4, end: 9 }],
    ["bytes=-3", 10, { start: 7, end: 9 }],
    ["bytes=-99", 10, { start: 0, end: 9 }],
    ["bytes=9-9", 10, { start: 9, end: 9 }],
    ["bytes=10-", 10, "unsatisfiable"],
    ["bytes=-0", 10, "unsatisfiable"],
    ["bytes=0-0", 0, "unsatisfiable"],
    ["bytes=5-2", 10, "whole"],
    ["bytes=0-1,4-5", 10, "whole"],
    ["bytes=-", 10, "whole"],
    ["items=0-3", 10, "whole"],
  ])("RG1 %s of %d bytes", (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected);
  });

  test("RG2 the slice holds exactly the bytes that its header names, for every range of a small body", async () => {
    const text = "abcdefg";
    for (let start = 0; start < text.length; start++) {
      for (let end = start; end < text.length; end++) {
        const part = await sliceResponse(new Response(text), `bytes=${start}-${end}`);
        expect(part.status).toBe(206);
        expect(await part.text()).toBe(text.slice(start, end + 1));
        expect(part.headers.get("Content-Range")).toBe(`bytes ${start}-${end}/7`);
        expect(part.headers.get("Content-Length")).toBe(String(end - start + 1));
      }
    }
  });

  test("RG3 a range beyond the end is answered with 416 and the size", async () => {
    const answer = await sliceResponse(new Response("abc"), "bytes=3-");
    expect(answer.status).toBe(416);
    expect(answer.headers.get("Content-Range")).toBe("bytes */3");
  });
});
