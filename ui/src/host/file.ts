/** Files that a person keeps: handed to the platform, which asks or knows where to put them. */

/** Hands a file over. `base64` is its content. */
export function keepFile(name: string, kind: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: kind }));
  const link = document.createElement('a');
  [link.href, link.download] = [address, name];
  link.click();
  // the platform has to have read it before it goes
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
