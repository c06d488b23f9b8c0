export {
  BackupReplicationData,
  type BackupReplicationOptions,
  DEFAULT_REPOSITORY_ID,
  REVISIONS,
  type Revision,
  startBackupReplication,
  THIS_SERVER_ID,
} from './backup-replication';
export { type Certificate, type CertificateOptions, createCertificate } from './certificates';
export {
  type BackupServer,
  type CloudRepository,
  EnterpriseManagerData,
  type EnterpriseManagerOptions,
  type Gateway,
  type HardwarePlan,
  type Subtenant,
  startEnterpriseManager,
  type Tenant,
  type TenantResource,
  type TenantType,
} from './enterprise-manager';
export { IdentityProviderData, type IdentityProviderOptions, startIdentityProvider } from './identity-provider';
export { Rows } from './rows';
export type { Intercept, RecordedRequest, SampleServer } from './server';
export {
  type Account,
  type ApiKey,
  type ApiVersion,
  MFA_CODE,
  PLANTED_SECRET,
  ServiceProviderConsoleData,
  type ServiceProviderConsoleOptions,
  type ServiceProviderConsoleServer,
  startServiceProviderConsole,
} from './service-provider-console';
export {
  type BackedUpOrganization,
  type BackupProxy,
  type Job,
  type Organization,
  type ProtectedKind,
  type ProtectedObject,
  type Repository,
  startVb365,
  type UsedRepository,
  Vb365Data,
  type Vb365Options,
} from './vb365';
