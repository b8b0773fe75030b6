const VOWEL = "aeiouy";
/** Letters that stay together: dividing them is what no English typesetter does. */
const TOGETHER = /^(?:th|ch|sh|ph|wh|gh|ck|qu|ng|tr|pr|br|cr|dr|fr|gr|st|sp|pl|bl|cl|fl|gl)$/;

/**
 * Soft hyphens where English syllables may divide: before a consonant and a vowel that follow a vowel. Chromium has no
 * hyphenation dictionary on Linux, so `hyphens: auto` would do nothing. At least three letters stay on each side.
 */
export function withSoftHyphens(text) {
  return text.replaceAll(/[a-z]{7,}/gi, (word) => {
    let out = "";
    for (let at = 0; at < word.length; at += 1) {
      if (at >= 3 && word.length - at >= 3 && divides(word.toLowerCase(), at)) out += "\u00AD";
      out += word[at];
    }
    return out;
  });
}

function divides(word, at) {
  const isVowel = (index) => VOWEL.includes(word[index]);
  if (isVowel(at) || TOGETHER.test(word.slice(at - 1, at + 1))) return false;
  // be-tween: two consonants part, but a pair that stays together goes to the next line whole.
  const pair = TOGETHER.test(word.slice(at, at + 2)) && isVowel(at + 2);
  if (!isVowel(at + 1) && !pair) return false;
  return isVowel(at - 1) || isVowel(at - 2);
}
