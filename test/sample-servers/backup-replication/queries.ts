import type { Filter, ListQuery, OrderColumn } from './lists';

/** What the query of each list may say, in which revision. */

const name: OrderColumn = { member: 'name' };
const type: OrderColumn = { member: 'type' };
const description: OrderColumn = { member: 'description' };

const idFilter: Filter = { member: 'id', by: 'id' };
const typeFilter: Filter = { member: 'type', by: 'word' };
const thirteen = { since: '1.3-rev0' } as const;
/** A parameter that changes nothing here. */
const nothing: Filter = { member: '', by: 'anything' };

export const REPOSITORY_STATES: ListQuery = {
  filters: {
    idFilter,
    typeFilter: { ...typeFilter, severalSince: '1.3-rev2' },
    capacityFilter: { member: 'capacityGB', by: 'number' },
    freeSpaceFilter: { member: 'freeGB', by: 'number' },
    usedSpaceFilter: { member: 'usedSpaceGB', by: 'number' },
    isOnlineFilter: { member: 'isOnline', by: 'flag', since: '1.2-rev0' },
    isOutOfDateFilter: { member: 'isOutOfDate', by: 'flag', ...thirteen },
    sobrIdFilter: { member: 'scaleOutRepositoryDetails.scaleOutRepositoryId', by: 'id', ...thirteen },
    sobrExtentTypeFilter: {
      member: 'scaleOutRepositoryDetails.extentType',
      by: 'word',
      ...thirteen,
      severalSince: '1.3-rev0',
    },
    sobrMembershipFilter: { member: 'scaleOutRepositoryDetails.membership', by: 'pattern', ...thirteen },
    excludeExtents: { member: 'scaleOutRepositoryDetails', by: 'absent', ...thirteen },
  },
  order: {
    Name: name,
    Type: type,
    Host: { member: 'hostName' },
    Path: { member: 'path' },
    CapacityGB: { member: 'capacityGB' },
    FreeGB: { member: 'freeGB' },
    UsedSpaceGB: { member: 'usedSpaceGB' },
    Description: description,
    Membership: { member: 'scaleOutRepositoryDetails.membership', ...thirteen },
    Status: { member: 'isOnline', since: '1.3-rev2' },
  },
};

export const REPOSITORIES: ListQuery = {
  filters: {
    typeFilter: { ...typeFilter, severalSince: '1.3-rev0' },
    hostIdFilter: { member: 'hostId', by: 'id' },
    pathFilter: { member: 'repository.path', by: 'pattern' },
    vmbApiFilter: nothing,
    vmbApiPlatform: nothing,
    // The settings do not say what is an extent.
    excludeExtents: { ...nothing, ...thirteen },
  },
  order: {
    Name: name,
    Description: description,
    Type: type,
    Host: { member: 'hostId' },
    Path: { member: 'repository.path' },
  },
};

export const SCALE_OUT_REPOSITORIES: ListQuery = {
  filters: {},
  // Those that a row does not have change nothing.
  order: {
    Name: name,
    Description: description,
    Type: type,
    Host: { member: 'hostName' },
    Path: { member: 'path' },
    EncryptionState: { member: 'encryptionState', ...thirteen },
  },
};

export const MANAGED_SERVERS: ListQuery = {
  filters: {
    typeFilter: { ...typeFilter, severalSince: '1.3-rev0' },
    viTypeFilter: { member: 'viHostType', by: 'word' },
    serverStateFilter: { member: 'status', by: 'word', ...thirteen },
    updatesStateFilter: { member: 'updatesState', by: 'word', ...thirteen, severalSince: '1.3-rev0' },
    includeNestedHosts: { ...nothing, ...thirteen },
    skipDedupAppliances: { ...nothing, since: '1.3-rev2' },
  },
  order: { Name: name, Type: type, Description: description, Status: { member: 'status', ...thirteen } },
};

const hostIdFilter: Filter = { member: 'server.hostId', by: 'id' };

export const PROXIES: ListQuery = {
  filters: { typeFilter: { ...typeFilter, severalSince: '1.3-rev0' }, hostIdFilter },
  order: {
    Name: name,
    Type: type,
    Description: description,
    HostName: { member: 'server.hostName', ...thirteen },
    // The settings do not say it, so it changes nothing here.
    Status: { member: 'status', since: '1.3-rev2' },
  },
};

export const PROXY_STATES: ListQuery = {
  filters: {
    typeFilter: { ...typeFilter, severalSince: '1.3-rev0' },
    hostIdFilter: { member: 'hostId', by: 'id' },
    isDisabledFilter: { member: 'isDisabled', by: 'flag' },
    isOnlineFilter: { member: 'isOnline', by: 'flag' },
    isOutOfDateFilter: { member: 'isOutOfDate', by: 'flag' },
  },
  order: {
    Name: name,
    Type: type,
    Description: description,
    HostName: { member: 'hostName' },
    Status: { member: 'isOnline', since: '1.3-rev2' },
  },
};

export const JOB_STATES: ListQuery = {
  filters: {
    idFilter,
    typeFilter,
    lastResultFilter: { member: 'lastResult', by: 'word' },
    statusFilter: { member: 'status', by: 'word' },
    workloadFilter: { member: 'workload', by: 'word' },
    lastRunAfterFilter: { member: 'lastRun', by: 'after' },
    lastRunBeforeFilter: { member: 'lastRun', by: 'before' },
    isHighPriorityJobFilter: { member: 'highPriority', by: 'flag' },
    repositoryIdFilter: { member: 'repositoryId', by: 'id' },
    objectsCountFilter: { member: 'objectsCount', by: 'number' },
    afterJobIdFilter: { member: 'runAfterJob.jobId', by: 'id', ...thirteen },
    afterJobNameFilter: { member: 'runAfterJob.jobName', by: 'pattern', ...thirteen },
  },
  order: {
    Name: name,
    Type: type,
    Status: { member: 'status' },
    LastRun: { member: 'lastRun' },
    LastResult: { member: 'lastResult' },
    NextRun: { member: 'nextRun' },
    Description: description,
    RepositoryId: { member: 'repositoryId' },
    ObjectsCount: { member: 'objectsCount' },
    RepositoryName: { member: 'repositoryName', ...thirteen },
    AfterJobName: { member: 'runAfterJob.jobName', ...thirteen },
  },
};

export const JOBS: ListQuery = {
  filters: { typeFilter },
  order: { Name: name, Type: type, Description: description },
};

export const SESSIONS: ListQuery = {
  filters: {
    createdAfterFilter: { member: 'creationTime', by: 'after' },
    createdBeforeFilter: { member: 'creationTime', by: 'before' },
    endedAfterFilter: { member: 'endTime', by: 'after' },
    endedBeforeFilter: { member: 'endTime', by: 'before' },
    typeFilter: { member: 'sessionType', by: 'word' },
    stateFilter: { member: 'state', by: 'word' },
    resultFilter: { member: 'result.result', by: 'word' },
    // 1.1-rev0 has no member that says it.
    jobIdFilter: nothing,
  },
  order: {
    Name: name,
    SessionType: { member: 'sessionType' },
    CreationTime: { member: 'creationTime' },
    EndTime: { member: 'endTime' },
    State: { member: 'state' },
    Result: { member: 'result.result' },
    InitiatedBy: { member: 'initiatedBy', ...thirteen },
  },
};

export const ENTRA_TENANTS: ListQuery = { filters: {}, order: { Name: name, Description: description } };
