/**
 * FNV-1a, 64 bits, one step per UTF-16 code unit (equal to the byte-wise hash for ASCII); 16 hex digits.
 * Not secure. Among 20,000 texts two share a hash with a chance of about 1 in 10^11.
 */
export function fnv1a64(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i++) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    // The prime is 2^40 + 0x1b3; every product stays below 2^53.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x1_0000_0000) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
