import * as l10n from '@vscode/l10n';
import { isObject } from '../../base/isObject';
import { oneLine } from '../../base/text';
import { normalizeFingerprint } from '../../http/certificate';
import type { Label } from '../../items/item';
import type { ProductInfo } from '../../products/product';
import { usualAccountKind } from '../../products/signIn';
import { folderNames } from './arrange';
import { consoleAddressOf } from './consoleAddress';
import { isApiVersion, type SavedFolder, type SavedServer } from './savedServer';
import {
  type FactName,
  isText,
  readBoolean,
  readLabel,
  readSettings,
  type SignInName,
  savedSignIns,
} from './serverFacts';

/** How a fact stands in an exported file. */
interface InFile<Saved, Listed = Saved> {
  /** What a file tells; undefined if it is not valid. */
  read(value: unknown, info: ProductInfo): Listed | undefined;
  /** Names what goes in one by one, so that nothing else ever does. */
  write(value: Saved, folders: readonly SavedFolder[]): Listed;
  /** Says in part of a sentence that it is not valid. */
  problem(): string;
  /** What a server has that is saved without it. */
  readonly absent?: Listed;
  /** Whether importing may change it in a server that is in the list. */
  readonly isImported: boolean;
}

/** The form in a file of what is saved as `Saved`; names of folders take the place of an id. */
type FileForm<Name extends FactName, Saved> = Name extends 'folder' ? InFile<Saved, readonly string[]> : InFile<Saved>;

type FileForms = {
  readonly [Name in FactName]-?: FileForm<Name, NonNullable<SavedServer[Name]>> | undefined;
};

/**
 * Each fact with all that exporting and importing need to know of it, in the order in which changes are listed; undefined
 * for what stays on this computer. A missing one does not compile.
 */
const fileForms: FileForms = {
  folder: {
    read: value => (isPath(value) ? value.map(each => oneLine(each)) : undefined),
    write: (value, folders) => folderNames(folders, value),
    problem: () => l10n.t('its folder is not a list of names'),
    absent: [],
    isImported: true,
  },
  accountKind: {
    read: (value, { savedAccountKinds = [] }) =>
      [usualAccountKind, ...savedAccountKinds.map(({ id }) => id)].find(kind => kind === value),
    write: value => value,
    problem: () => l10n.t('its product does not have this kind of account'),
    isImported: false, // a tenant's and an administrator's account are two servers
  },
  apiVersion: {
    read: (value, info) => (isApiVersion(info, value) ? value : undefined),
    write: value => value,
    problem: () => l10n.t('its API version is invalid'),
    isImported: true,
  },
  trustedFingerprint: {
    read: value => (isText(value) ? normalizeFingerprint(value) : undefined),
    write: value => value,
    problem: () => l10n.t('its certificate fingerprint is not a SHA-256 fingerprint'),
    isImported: false, // no file changes whom a saved server trusts
  },
  noProxy: {
    read: readBoolean,
    write: value => value,
    problem: () => l10n.t('its "noProxy" is neither true nor false'),
    absent: false,
    isImported: true,
  },
  webConsole: {
    read: value => (isText(value) && consoleAddressOf(value) === value ? value : undefined),
    write: value => value,
    problem: () => l10n.t('the address of its web console is not an https address'),
    isImported: true,
  },
  label: {
    read: value => {
      const label = readLabel(value);
      return isWhole(value, label) ? label : undefined;
    },
    write: ({ text, color }) => ({ text, color }),
    problem: () => l10n.t('its label is invalid'),
    isImported: true,
  },
  version: undefined,
  certificateExpires: undefined,
  clientCertificate: undefined, // its paths are those of this computer
};

/** What is saved of ways to sign in. */
const signIns = savedSignIns.map(signIn => ({
  name: signIn.way,
  inFile: {
    read: value => readSettings(signIn, value),
    write: value => readSettings(signIn, value),
    problem: () => l10n.t('its settings for signing in are invalid: {0}', signIn.name()),
    isImported: true,
  } satisfies InFile<unknown>,
}));

interface FactInFile {
  readonly name: FactName | SignInName;
  readonly inFile: InFile<unknown>;
}

const ownForms: readonly FactInFile[] = (
  Object.entries(fileForms) as [FactName, InFile<unknown> | undefined][]
).flatMap(([name, inFile]) => (inFile ? [{ name, inFile }] : []));

/** Facts that stand in exported files, by their names. How the server looks comes last. */
export const factsInFile = ownForms.toSpliced(
  ownForms.findIndex(({ name }) => name === 'label'),
  0,
  ...signIns,
);

const maxFolderDepth = 20;

/** Whether all was good that a label in a file has. */
function isWhole(label: unknown, { text, color }: Label = {}): boolean {
  return (
    isObject(label) &&
    (label.text === undefined || text !== undefined) &&
    (label.color === undefined || color !== undefined)
  );
}

function isPath(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= maxFolderDepth && value.every(isText);
}
