import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../../scripts/repository';

/** What the extension says in a language. */
export class Translation {
  private constructor(
    private readonly manifest: Readonly<Record<string, string>>,
    private readonly bundle: Readonly<Record<string, string>>,
  ) {}

  /** @param language English without one */
  static async into(language: string | undefined): Promise<Translation> {
    const read = async (...path: string[]) => JSON.parse(await readFile(join(repository, ...path), 'utf8'));
    return language
      ? new Translation(await read(`package.nls.${language}.json`), await read('l10n', `bundle.l10n.${language}.json`))
      : new Translation(await read('package.nls.json'), {});
  }

  /** A text of the sources. */
  of(english: string): string {
    return this.bundle[english] ?? english;
  }

  /** A text of the manifest, by its key there. */
  ofManifest(key: string): string {
    return this.manifest[key] ?? key;
  }

  /** A command as it is in the palette, by its name without the prefix. */
  ofCommand(name: string): string {
    return `${this.ofManifest('category')}: ${this.ofManifest(`command.${name}`)}`;
  }
}
