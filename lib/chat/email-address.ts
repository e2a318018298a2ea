/**
 * Whether a text holds something that reads as an e-mail address. E-mail addresses never reach a chat attribute: those
 * are shown to the whole room. A slash beside the `@` or in the host is no part of one: `/@ada/1.png` is a path.
 *
 * @param text in NFKC, so that full-width and small forms of `@` and `.` are the plain ones.
 */
export function holdsEmailAddress(text: string): boolean {
  return /[^\s@/]@[^\s@/]+[.。][^\s@/]/u.test(text);
}
