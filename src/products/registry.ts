import { backupReplication } from './backup-replication/info';
import { enterpriseManager } from './enterprise-manager/info';
import type { ProductInfo } from './product';
import { serviceProviderConsole } from './service-provider-console/info';
import { vb365 } from './vb365/info';

/**
 * The registry: a product is one folder beside this file and one entry here. The folder's `info.ts` says what is shown
 * before a request is made; its `index.ts` exports the {@link Product} as `product` and is part of `dist/network.js`.
 */
const registered = [
  vb365,
  enterpriseManager,
  backupReplication,
  serviceProviderConsole,
] as const satisfies readonly ProductInfo[];

export const products: readonly ProductInfo[] = registered;

type SignInsOf<Info> = Info extends { readonly savedSignIns: readonly (infer SignIn)[] } ? SignIn : never;
type Saved<SignIn> = SignIn extends { readonly way: infer Way; readonly fields: infer Fields }
  ? { readonly way: Way; readonly settings: Settings<Fields> }
  : never;
type Settings<Fields> = {
  readonly [Name in keyof Fields as Fields[Name] extends { readonly choices: unknown } ? never : Name]: string;
} & {
  readonly [Name in keyof Fields as Fields[Name] extends { readonly choices: unknown } ? Name : never]?:
    | string
    | undefined;
};
type AnySaved = Saved<SignInsOf<(typeof registered)[number]>>;

/** What may be saved of ways to sign in, each under its own name: all {@link ProductInfo.savedSignIns} as a type. */
export type SavedSignIns = {
  readonly [Each in AnySaved as Each['way'] & string]?: Each['settings'] | undefined;
};
