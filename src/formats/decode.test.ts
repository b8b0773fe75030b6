import { describe, expect, test } from "vitest";
import { decode } from "./decode.ts";
import { readFile } from "./testing.fixture.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const wide = (text: string, order: "le" | "be"): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i, text.charCodeAt(i), order === "le");
  return bytes;
};

/** Encodes with the decoder's own table: every sequence of one or two bytes is tried once. */
function encodeAs(encoding: string, text: string): Uint8Array {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const learn = (bytes: number[]): void => {
    try {
      const letter = decoder.decode(Uint8Array.from(bytes));
      if (/^.$/su.test(letter) && !table.has(letter)) table.set(letter, bytes);
    } catch {
      // No letter of this encoding.
    }
  };
  for (let a = 0; a < 256; a += 1) learn([a]);
  for (let a = 0x81; a < 0xff; a += 1) for (let b = 0x40; b < 0xff; b += 1) learn([a, b]);
  return Uint8Array.from(Array.from(text).flatMap((letter) => table.get(letter) ?? [0x3f]));
}

describe("stated or certain", () => {
  test("D1 a byte order mark decides", () => {
    expect(decode(utf8("\uFEFFnaïve"), false)).toEqual({ text: "naïve", guessed: null });
    expect(decode(wide("\uFEFFnaïve 中", "le"), false)).toEqual({ text: "naïve 中", guessed: null });
    expect(decode(wide("\uFEFFnaïve 中", "be"), false)).toEqual({ text: "naïve 中", guessed: null });
  });

  test("D2 what a page says of itself is believed, unless its bytes contradict it", () => {
    const page = (label: string): string => `<html><meta http-equiv=x content="text/html; charset=${label}"><p>Привет`;
    expect(decode(encodeAs("windows-1251", page("windows-1251")), true).text).toContain("Привет");
    expect(decode(encodeAs("koi8-r", page("KOI8-R")), true).text).toContain("Привет");
    expect(decode(utf8(page("utf-16")), true).text).toContain("Привет");
    expect(decode(utf8(page("no-such-thing")), true).text).toContain("Привет");
    expect(decode(encodeAs("windows-1251", page("utf-8")), true).guessed).toBe("windows-1251");
  });

  test("D3 UTF-8 without a mark", () => {
    expect(decode(utf8("naïve 中文"), false)).toEqual({ text: "naïve 中文", guessed: null });
  });
});

describe("guessed, and said", () => {
  const samples: readonly (readonly [string, string])[] = [
    ["windows-1252", "Les élèves ont reçu une très bonne nouvelle à la rentrée, où tout commença tôt."],
    ["windows-1251", "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему."],
    ["koi8-r", "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему."],
    ["shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"],
    ["euc-jp", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"],
    [
      "euc-kr",
      "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았다.",
    ],
    [
      "gb18030",
      "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。这是我们的国家。",
    ],
    ["big5", "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。這是我們的國家。"],
  ];

  test.each(samples)("D4 %s", (encoding, text) => {
    expect(decode(encodeAs(encoding, text), false)).toEqual({ text, guessed: encoding });
  });

  test("D5 UTF-16 without a mark, by where its zeros stand", () => {
    for (const order of ["le", "be"] as const) {
      expect(decode(wide("Plain words.", order), false)).toEqual({ text: "Plain words.", guessed: `utf-16${order}` });
      const chinese = "第一章 春天\n一天早晨，他们出门去看一看。\n今天天气很好。\n";
      expect(decode(wide(chinese, order), false).text).toBe(chinese);
    }
  });

  test("D6 the warning reaches the document", async () => {
    const { warnings, pages } = await readFile("a.txt", encodeAs("windows-1252", "Élève à la fête"));
    expect(warnings).toEqual([{ kind: "encoding-guessed", encoding: "windows-1252" }]);
    expect(pages[0]?.text).toBe("Élève à la fête");
  });
});

test("D7 bytes that are no text are FILE_NOT_PDF, whatever the name says", async () => {
  const rubbish = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256);
  for (const name of ["a.txt", "a.md", "a.html", "a.docx", "a.bin", "a"]) {
    // oxlint-disable-next-line no-await-in-loop -- six
    await expect(readFile(name, rubbish)).rejects.toMatchObject({ code: "FILE_NOT_PDF" });
  }
  const late = utf8(`${"text ".repeat(2000)}\0\u0001`);
  await expect(readFile("a.txt", late)).rejects.toMatchObject({ code: "FILE_NOT_PDF" });
});
