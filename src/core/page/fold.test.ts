import { expect, test } from "vitest";
import { fold } from "./fold.ts";

test.each([
  ["F1 ligatures become letters", "eﬃcient ﬁle", "efficient file"],
  ["F2 Kangxi radicals become ideographs", "⽣⼈", "生人"],
  ["F3 radicals of the supplement become ideographs", "⻓⻅⻢", "长见马"],
  ["F4 Arabic presentation forms become letters", "ﻣﺮﺣﺒﺎ", "مرحبا"],
  ["F5 vertical forms become brackets", "﹁﹂", "「」"],
  ["F6 mathematical letters become letters", "𝑥 + 𝒚", "x + y"],
  ["F7 half-width kana become kana, marks included", "ｶﾞﾀ", "ガタ"],
  ["F8 full-width punctuation, superscripts, fractions and circled digits stay", "，（²½①", "，（²½①"],
  ["F9 U+0000, zero-width and directional marks go", "a\u0000b\u200Bc\u200Fd\uFEFF", "abcd"],
  [
    "F17 a stretched line of ideographs is no line of words",
    "灯亮的时 候 ， 摆 渡 的 船灭了",
    "灯亮的时候，摆渡的船灭了",
  ],
  ["F17 a number and its title stay apart", "一 绪论 表 格", "一 绪论 表 格"],
  ["F10 joiners stay", "نمی\u200Cخواهم", "نمی\u200Cخواهم"],
  ["F11 white space is one space", "a\u00A0\u3000 b\t\fc", "a b c"],
  ["F12 letters and their marks are composed", "e\u0301", "é"],
  ["F13 hyphens are hyphens", "co\u2010operate\u2011now", "co-operate-now"],
  ["F14 a soft hyphen goes, unless it ends the run", "co\u00ADop\u00AD", "coop\u00AD"],
  ["F15 private bullets of Word are bullets", "\uF0B7 one", "• one"],
  ["F28 a title set wide is a word, capitals or one and small letters", "W A T E R", "WATER"],
  ["F28 in small letters too, and spaces around stay", " É l a n ", " Élan "],
  ["F28 three capitals may be a list; letters among words are words", "A B C", "A B C"],
  ["F28 letters among words are words", "A B C D are plans", "A B C D are plans"],
  ["F16 plain text is untouched", "Plain text, 3.14!", "Plain text, 3.14!"],
])("%s", (_, text, folded) => {
  expect(fold(text)).toBe(folded);
});
