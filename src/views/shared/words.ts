import { oneLine } from '../../base/text';
import type { Words } from '../../items/kind';
import { productOf } from '../../servers/list/savedServer';
import { expiryWarning } from './certificateExpiry';
import { count, dateTime, percent, size } from './format';
import { timeLeft } from './timeLeft';

/** How the descriptors of kinds write numbers, dates and products. */
export const words: Words = {
  size,
  count,
  percent,
  dateTime,
  line: oneLine,
  timeLeft,
  expiry: expiryWarning,
  product: product => productOf({ product }),
};
