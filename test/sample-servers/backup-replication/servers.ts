import { HOSTILE_NAMES } from '../names';
import { guid } from '../random';
import {
  type BackupProxy,
  type BackupReplicationDataOptions,
  CREATED_BY,
  type ManagedServer,
  THIS_SERVER_ID,
} from './data';
import { atLeast, type Revision } from './revisions';

/** The managed servers with a story of their own, and the revision that brought the word for each. */
const SERVERS: readonly (Partial<ManagedServer> & { readonly type: string; readonly since?: Revision })[] = [
  { type: 'WindowsHost', name: 'vbr01.example.com', isBackupServer: true, description: 'Backup server' },
  { type: 'WindowsHost', name: 'repo01.example.com', hasCloudGateway: true },
  { type: 'LinuxHost', name: 'vhr01.example.com' },
  { type: 'ViHost', name: 'vcenter01.example.com' },
  { type: 'WindowsHost', name: 'repo02.example.com', isAvailable: false },
  { type: 'LinuxHost', name: 'proxy01.example.com', updatesState: 'OutOfDate' },
  { type: 'HvServer', name: 'hyperv01.example.com', since: '1.3-rev0' },
  { type: 'CloudDirectorHost', name: 'vcd01.example.com', since: '1.2-rev0' },
  { type: 'HvCluster', name: 'hvcluster01.example.com', since: '1.3-rev0' },
  { type: 'SCVMM', name: 'scvmm01.example.com', since: '1.3-rev0' },
  { type: 'NutanixCluster', name: 'ahv01.example.com', since: '1.3-rev2' },
  { type: 'ProxmoxNode', name: 'pve01.example.com', since: '1.3-rev2' },
];

const PROXIES: readonly (Partial<BackupProxy> & { readonly type: string; readonly since?: Revision })[] = [
  { type: 'ViProxy', name: 'VMware Backup Proxy', description: 'Created by Veeam Backup & Replication' },
  { type: 'ViProxy', isDisabled: true },
  { type: 'HvProxy', since: '1.3-rev0', isOnline: false },
  { type: 'GeneralPurposeProxy', since: '1.3-rev0', isOutOfDate: true },
  { type: 'NutanixAHV', since: '1.3-rev2' },
  { type: 'PVE', since: '1.3-rev2' },
];

export function makeServers(
  options: BackupReplicationDataOptions,
  newest: Revision,
): { servers: ManagedServer[]; proxies: BackupProxy[] } {
  const isKnown = ({ since }: { since?: Revision }) => since === undefined || atLeast(newest, since);
  const stories = SERVERS.filter(isKnown);
  const servers = Array.from({ length: Math.max(1, options.managedServers) }, (_, index): ManagedServer => {
    const { since: _since, ...story } = stories[index] ?? { type: index % 2 === 0 ? 'WindowsHost' : 'LinuxHost' };
    const hostile = options.hostileNames && index === 2 ? HOSTILE_NAMES[2] : undefined;
    return {
      index,
      id: index === 0 ? THIS_SERVER_ID : guid('managedServer', index),
      description: CREATED_BY,
      isAvailable: true,
      isBackupServer: false,
      updatesState: 'NotAvailable',
      hasCloudGateway: false,
      ...story,
      type: index === 0 && options.platform === 'Linux' ? 'LinuxHost' : story.type,
      name: hostile ?? story.name ?? `host${String(index).padStart(3, '0')}.example.com`,
    };
  });
  const kinds = PROXIES.filter(isKnown);
  const hosts = servers.filter(({ type }) => type === 'WindowsHost' || type === 'LinuxHost');
  const proxies = Array.from({ length: options.proxies }, (_, index): BackupProxy => {
    const { since: _since, ...kind } = kinds[index] ?? { type: 'ViProxy' };
    const host = hosts[index % hosts.length] as ManagedServer;
    const hostile = options.hostileNames && index === 1 ? HOSTILE_NAMES[3] : undefined;
    return {
      index,
      id: guid('proxy', index),
      description: CREATED_BY,
      host,
      isDisabled: false,
      isOnline: host.isAvailable,
      isOutOfDate: host.updatesState === 'OutOfDate',
      ...kind,
      name: hostile ?? kind.name ?? (index < hosts.length ? host.name : `${host.name} ${index}`),
    };
  });
  return { servers, proxies };
}
