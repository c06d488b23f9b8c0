import { administrators } from '../administrators';
import { passwordWay } from '../secretFields';
import type { AccountKind } from '../signIn';

/** All versions sign in with a password. The Linux appliance has accounts without a domain. */
export function accountKinds(): readonly AccountKind[] {
  return [administrators([passwordWay])];
}
