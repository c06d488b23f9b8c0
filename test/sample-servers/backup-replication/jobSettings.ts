import { guid } from '../random';
import type { BackupReplicationData, Job } from './data';
import { jobTypeOf } from './jobWords';
import type { Body } from './lists';
import { atLeast, type Revision } from './revisions';

/** The settings of a job, which each kind has in its own way; only the members that the vendor requires. */
export function jobBody(row: Job, data: BackupReplicationData, revision: Revision): Body {
  return {
    ...settingsOf(row, data, revision),
    type: jobTypeOf(row, revision),
    id: row.id,
    name: row.name,
    isDisabled: row.status === 'Disabled',
  };
}

function settingsOf(row: Job, data: BackupReplicationData, revision: Revision): Body {
  const { description } = row;
  const backupRepositoryId = row.repository?.id;
  const machine = inventoryObject('VirtualMachine', `vm${row.index}`, row, revision);
  const common = {
    description,
    isHighPriority: row.highPriority,
    virtualMachines: { includes: [machine] },
    guestProcessing: { appAwareProcessing: { isEnabled: false }, guestFSIndexing: { isEnabled: false } },
    schedule: { runAutomatically: row.nextRun !== undefined },
  };
  const retentionPolicy = { type: 'RestorePoints', quantity: 7 };
  switch (row.type) {
    case 'VSphereBackup': {
      const backupProxies = { [atLeast(revision, '1.2-rev0') ? 'autoSelectEnabled' : 'autoSelection']: true };
      return { ...common, storage: { backupRepositoryId, backupProxies, retentionPolicy } };
    }
    case 'HyperVBackup':
      return { ...common, storage: { backupRepositoryId, backupProxies: { proxyType: 'OnHost' }, retentionPolicy } };
    case 'VSphereReplica':
      return {
        description,
        virtualMachines: { includes: [machine] },
        destination: {
          host: inventoryObject('Host', 'esxi02.example.com', row, revision),
          resourcePool: inventoryObject('ResourcePool', 'Resources', row, revision),
          folder: inventoryObject('Folder', 'vm', row, revision),
          datastore: inventoryObject('Datastore', 'datastore02', row, revision),
        },
      };
    case 'CloudDirectorBackup':
      return { description, virtualMachines: { includes: [machine] } };
    case 'BackupCopy':
      return { description, mode: 'Immediate', sourceObjects: { includes: {} } };
    case 'WindowsAgentBackup':
    case 'LinuxAgentBackup': {
      const protectionGroupId = guid('protectionGroup', row.index);
      return {
        description,
        backupMode: 'EntireComputer',
        computers: [
          {
            platform: 'Agent',
            protectionGroupId,
            id: guid('computer', row.index),
            type: row.type.replace('AgentBackup', 'Computer'),
            name: `pc${row.index}`,
          },
        ],
      };
    }
    case 'EntraIDTenantBackup':
      return { description, storage: { tenantId: data.entraTenants[0]?.id ?? guid('entra', 0) } };
    case 'FileBackupCopy':
      return { primaryJobId: guid('job', 0), backupRepositoryId };
    default:
      return {};
  }
}

function inventoryObject(type: string, name: string, row: Job, revision: Revision): Body {
  const object = { hostName: 'vcenter01.example.com', name, type, objectId: `object-${row.index}` };
  if (!atLeast(revision, '1.2-rev0')) {
    return { inventoryObject: object };
  }
  const vmware = atLeast(revision, '1.3-rev0') ? 'VSphere' : 'VMware';
  const platforms: Record<string, string> = { HyperVBackup: 'HyperV', CloudDirectorBackup: 'CloudDirector' };
  return { platform: platforms[row.type] ?? vmware, ...object };
}
