import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { scanTerms, tokenize } from "./tokenize.ts";

// Thousands of random cases; the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const at = (text: string) => tokenize(text).map((token) => [token.start, token.end]);
const terms = (text: string): string[] => tokenize(text).map((token) => token.term);

const DENSE =
  "[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Bopomofo}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}]";
const DENSE_LETTER = `(?!\\p{Nd})(?=[\\p{L}\\p{N}])${DENSE}`;
const RUNS = new RegExp(`(?:${DENSE_LETTER}\\p{M}*)+|(?:(?!${DENSE_LETTER})[\\p{L}\\p{N}]\\p{M}*)+`, "gu");
const UNITS = /[\p{L}\p{N}]\p{M}*/gu;
const IS_DENSE = new RegExp(`^${DENSE_LETTER}`, "u");

/** The same rules on the whole string at once, with regular expressions and without offsets. */
function oracle(text: string): string[] {
  const folds: Record<string, string> = {
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    đ: "d",
    ð: "d",
    ħ: "h",
    ı: "i",
    ł: "l",
    ŧ: "t",
    þ: "th",
    ς: "σ",
    ё: "е",
  };
  const folded = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?!\u200b)\p{Default_Ignorable_Code_Point}|\u0640/gu, "")
    .replace(/([\p{L}\p{N}])(\p{M}*)/gu, (_, base: string, marks: string) => {
      if (!/[\p{sc=Latin}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}]/u.test(base)) return (folds[base] ?? base) + marks;
      const bare = base.normalize("NFD").replace(/\p{Mn}/gu, "");
      return (folds[bare] ?? bare) + marks.replace(/\p{Mn}/gu, "");
    });
  return (folded.match(RUNS) ?? []).flatMap((run) => {
    if (!IS_DENSE.test(run)) return [run];
    const units = run.match(UNITS) ?? [];
    return units.length === 1 ? units : units.slice(1).map((unit, i) => units[i]! + unit);
  });
}

const TRICKY =
  "aZé e\u0301ÅßŒøİıΣςάЁй09½²①ﬁ㈱㍿…’'-_. \n\u00ad\u200b\u200d\ufe0f中文檢索再ランキングｶﾞﾊﾟー々검색을ㄱㅏ\u1100\u1161\u11a8ภาษาน้ำเทย\u0e33मराठीकि़ﷺـمُدَأשָלוֹם\ud83d\ude00𝔘𠀀\ud800";

const tricky = fc.array(fc.constantFrom(...Array.from(TRICKY)), { maxLength: 40 }).map((parts) => parts.join(""));
const anything = fc.string({ unit: "binary", maxLength: 40 });
const seeded = { seed: 20261122, numRuns: 2000 };

describe("tokenize", () => {
  it.each([
    ["English", "Re-ranking helps; it's NEW!", ["re", "ranking", "helps", "it", "s", "new"]],
    ["German", "Größe über Straßenbahn", ["grosse", "uber", "strassenbahn"]],
    ["French", "L’été où naît le cœur", ["l", "ete", "ou", "nait", "le", "coeur"]],
    ["Polish, Danish", "Łódź på Ærø", ["lodz", "pa", "aero"]],
    ["Turkish", "İstanbul ısı", ["istanbul", "isi"]],
    ["Greek", "ΛΌΓΟΣ λόγος", ["λογοσ", "λογοσ"]],
    ["Russian", "ёлка йод", ["елка", "йод"]],
    ["Arabic", "أَحْمَد", ["احمد"]],
    ["Hindi", "हिन्दी", ["हिन्दी"]],
    ["full width, ligature, power", "ＧＰＴ ﬁnd m²", ["gpt", "find", "m2"]],
  ])("T1 T2 T3 %s words", (_, text, expected) => expect(terms(text)).toEqual(expected));

  it.each([
    ["Chinese", "重排序模型", ["重排", "排序", "序模", "模型"]],
    ["Chinese with digits", "2024年度AI模型", ["2024", "年度", "ai", "模型"]],
    ["a lone Han letter", "水 ok", ["水", "ok"]],
    ["Japanese", "検索エンジン", ["検索", "索エ", "エン", "ンジ", "ジン"]],
    ["half-width kana", "ｶﾞｽ", ["ガス"]],
    ["Korean, particle glued on", "검색을 한다", ["검색", "색을", "한다"]],
    ["Korean from jamo", "\u1100\u1161\u11a8\u1100\u1161", ["각가"]],
    ["Thai, marks stay with their letter", "ที่นี่", ["ที่นี่"]],
    ["beyond the BMP", "𠀀𠀁𠀂", ["𠀀𠀁", "𠀁𠀂"]],
  ])("T4 T5 %s", (_, text, expected) => expect(terms(text)).toEqual(expected));

  it("T6 single letters of a run are extra terms, beside the bigrams", () => {
    const seen: [string, boolean][] = [];
    scanTerms("水位 高", (term, _start, _end, single) => seen.push([term, single]));
    expect(seen).toEqual([
      ["水", true],
      ["水位", false],
      ["位", true],
      ["高", false],
    ]);
  });

  it("T7 offsets count in the text as given", () => {
    expect(at("e\u0301te\u0301 ﬁn")).toEqual([
      [0, 5],
      [6, 8],
    ]);
    expect(at("hy\u00adphen")).toEqual([[0, 7]]);
    expect(at("ｶﾞｽ")).toEqual([[0, 3]]);
    expect(at("𠀀𠀁")).toEqual([[0, 4]]);
    expect(at("㍿")).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it.each([
    ["tricky letters", tricky],
    ["any code points", anything],
  ] as const)("T1 to T5 same terms as the whole-string oracle: %s", (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(terms(text)).toEqual(oracle(text));
      }),
      seeded,
    );
  });

  it.each([
    ["tricky letters", tricky],
    ["any code points", anything],
  ] as const)("T7 offsets are in order, inside the text, on whole code points, and hold their term: %s", (_, texts) =>
    fc.assert(
      fc.property(texts, (text) => {
        let before = 0;
        for (const { term, start, end } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          for (const cut of [start, end])
            expect(/^[\udc00-\udfff]/.test(text.slice(cut)) && /[\ud800-\udbff]$/.test(text.slice(0, cut))).toBe(false);
          expect(terms(text.slice(start, end))).toContain(term);
          before = start;
        }
      }),
      seeded,
    ),
  );

  it("T7 offsets are tight where no letter combines", () => {
    const letters = fc
      .array(fc.constantFrom(...Array.from("abZé09 .,-中文検索한국กข")), { maxLength: 30 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(letters, (text) => {
        for (const { term, start, end } of tokenize(text)) {
          expect(terms(text.slice(start + 1, end))).not.toContain(term);
          expect(terms(text.slice(start, end - 1))).not.toContain(term);
        }
      }),
      seeded,
    );
  });

  it("T1 a term tokenizes to itself", () => {
    // Marks on both sides of an invisible character have no canonical order.
    const visible = tricky.map((text) => text.replace(/\p{Default_Ignorable_Code_Point}/gu, ""));
    fc.assert(
      fc.property(visible, (text) => {
        for (const term of terms(text)) expect(terms(term)).toEqual([term]);
      }),
      seeded,
    );
  });

  it("T1 empty, blank and very long texts", () => {
    expect(terms("")).toEqual([]);
    expect(terms(" \n\t…!?")).toEqual([]);
    expect(terms("中".repeat(100_000))).toHaveLength(99_999);
    expect(terms("x".repeat(100_000))).toEqual(["x".repeat(100_000)]);
    expect(terms("e" + "\u0301".repeat(10_000))).toEqual(["e"]);
  });
});
