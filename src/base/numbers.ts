const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Numbers and moments as people of a language read them. */
export class Numbers {
  readonly #locale: string | undefined;
  // Each is made when first needed: the first formatters of a process cost more time than the rest of the activation.
  #decimal: Intl.NumberFormat | undefined;
  #whole: Intl.NumberFormat | undefined;
  #local: Intl.DateTimeFormat | undefined;

  /** @param locale the system's without one */
  constructor(locale: string | undefined) {
    this.#locale = locale;
  }

  /** A size in the units of the vendor's consoles, three digits long: `12.5 GB`, where 1 GB is 1024³ bytes. */
  size(bytes: number): string {
    this.#decimal ??= new Intl.NumberFormat(this.#locale, { maximumSignificantDigits: 3 });
    let unit = 0;
    let value = Math.abs(bytes);
    // 1,000 GB and more but less than a TB would need a fourth digit.
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return `${this.#decimal.format(bytes < 0 ? -value : value)} ${units[unit]}`;
  }

  /** A whole number: `1,204`. */
  count(number: number): string {
    this.#whole ??= new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 0 });
    return this.#whole.format(number);
  }

  /** @param time milliseconds since 1970 */
  dateTime(time: number): string {
    this.#local ??= new Intl.DateTimeFormat(this.#locale, { dateStyle: 'medium', timeStyle: 'short' });
    return this.#local.format(time);
  }
}

/**
 * A share, 1 for all of it, in whole percent: rounded so that 0 is nothing at all and 100 is not said before all is taken.
 */
export function wholePercent(share: number): number {
  return share > 0 && share < 0.01 ? 1 : Math.floor(share * 100 + 1e-9);
}
