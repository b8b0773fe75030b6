/** Hands a file to the browser's own download. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the blob after this task; a minute is far beyond the longest delay seen.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
