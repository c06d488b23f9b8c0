/** What .NET writes where there is no ID. */
export const noUuid = '00000000-0000-0000-0000-000000000000';

/** Whether a text is a UUID and nothing more, in letters of either case. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
