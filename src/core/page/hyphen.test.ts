import { expect, test } from "vitest";
import { column } from "./drawing.fixture.ts";
import { divisionOf, isOneWord, toVocabulary } from "./hyphen.ts";
import { toLines } from "./line.ts";

const words = (...lines: string[]): ReturnType<typeof toVocabulary> => toVocabulary([toLines(column(...lines))]);
const NONE = words();

test.each([
  ["H1 the joined word stands elsewhere: drop", "relies on ef-", "ficient search", words("Efficient search"), "drop"],
  ["H2 the hyphenated word stands elsewhere: keep", "a dual-", "encoder", words("our dual-encoder"), "keep"],
  ["H3 both stand elsewhere: the more frequent", "re-", "rank", words("re-rank rerank re-rank"), "keep"],
  ["H3b neither, but both halves are words: keep", "retriever-", "reader", words("a retriever, a reader"), "keep"],
  ["H4 neither, lower case follows: drop", "infor-", "mation", NONE, "drop"],
  ["H5 neither, upper case or digits: keep", "Lucene-", "BM25", NONE, "keep"],
  ["H5 neither, upper case or digits: keep", "2019-", "2020", NONE, "keep"],
  ["H6 a word that has hyphens already: keep", "state-of-the-", "art", NONE, "keep"],
  ["H6b English numbers: keep", "forty-", "one", NONE, "keep"],
  [
    "H6c halves that meet are words, whatever hangs on them: keep",
    "interpreter-",
    "to-trace",
    words("interpreter to"),
    "keep",
  ],
  ["H6c one word of the document where they meet: drop", "open-do-", "main", words("a domain"), "drop"],
  ["H6d one letter is never left behind: keep", "φ-", "nodes", NONE, "keep"],
  ["H6e English self-, well-, non-: keep, but not their endings", "well-", "known", NONE, "keep"],
  ["H6e English self-, well-, non-: keep, but not their endings", "self-", "ishness", NONE, "drop"],
  [
    "H6f the document makes such compounds: keep",
    "high-",
    "dimensional",
    words("high high-speed high-grade higher"),
    "keep",
  ],
  ["H6f the document makes such compounds: keep", "key-", "based", words("key term-based bag-based"), "keep"],
  [
    "H6f it grows them together as often: drop",
    "under-",
    "standing",
    words("under-fed under-paid underline understood"),
    "drop",
  ],
  ["H7 a soft hyphen: drop, always", "Er\u00AD", "Gebnis", words("er-gebnis"), "drop"],
  ["H8 a dash is no hyphen", "a word -", "and more", NONE, "none"],
  ["H8 a dash is no hyphen", "a word –", "and more", NONE, "none"],
  ["H9 nothing that is a word follows", "pre-", "(sic)", NONE, "none"],
  ["H10 no hyphen", "plain", "text", words("plaintext"), "none"],
])("%s", (_, before, after, vocabulary, division) => {
  expect(divisionOf(before, after, vocabulary)).toBe(division);
});

test("H11 halves of divided words are not words", () => {
  expect(Object.fromEntries(words("first ef-", "ficient second"))).toEqual({ first: 1, second: 1 });
});

test("H12 Korean: two halves are one word where the document has it", () => {
  const vocabulary = words("보험계약자 그리고");
  expect(isOneWord("이 보험", "계약자 와", vocabulary)).toBe(true);
  expect(isOneWord("이 보험", "회사 와", vocabulary)).toBe(false);
});
