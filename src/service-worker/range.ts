/** First and last byte, both included, as in a `Content-Range` header. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header against a body of `size` bytes (RFC 9110 §14.1.2).
 * `"whole"`: send everything (several ranges, another unit or nonsense may be ignored); `"unsatisfiable"`: answer 416.
 */
export function parseRange(header: string, size: number): ByteRange | "whole" | "unsatisfiable" {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null) return "whole";
  const [first = "", last = ""] = [match[1], match[2]];
  if (first === "") return last === "" ? "whole" : suffix(Number(last), size);
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return "whole";
  return start >= size ? "unsatisfiable" : { start, end };
}

function suffix(length: number, size: number): ByteRange | "unsatisfiable" {
  if (length === 0 || size === 0) return "unsatisfiable";
  return { start: Math.max(0, size - length), end: size - 1 };
}

/** The 206 (or 416, or the response itself) that answers a `Range` request for a stored body. */
export async function sliceResponse(whole: Response, rangeHeader: string): Promise<Response> {
  const body = await whole.blob();
  const range = parseRange(rangeHeader, body.size);
  const headers = new Headers(whole.headers);
  if (range === "whole") return new Response(body, { status: 200, headers });
  if (range === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${body.size}`);
    headers.delete("Content-Length");
    return new Response(null, { status: 416, statusText: "Range Not Satisfiable", headers });
  }
  headers.set("Content-Range", `bytes ${range.start}-${range.end}/${body.size}`);
  headers.set("Content-Length", String(range.end - range.start + 1));
  return new Response(body.slice(range.start, range.end + 1), { status: 206, statusText: "Partial Content", headers });
}
