import { administrators } from '../administrators';
import { passwordWay } from '../secretFields';
import type { AccountKind } from '../signIn';

/** All versions let in by password alone. The Linux appliance has accounts without a domain. */
export function accountKinds(): readonly AccountKind[] {
  return [administrators([passwordWay])];
}
