/** Ways in which a row can have changed, in the order in which they are shown. */
export const changeKinds = [
  'new',
  'gone',
  'moved',
  'renamed',
  'enabled',
  'disabled',
  'resized',
  'used',
  'changed',
] as const;
export type ChangeKind = (typeof changeKinds)[number];
