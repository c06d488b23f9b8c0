import { matchPath, segmentsOf } from '../paths';
import { guid } from '../random';
import type { Reply, Request } from '../server';
import { type Account, admits } from './accounts';
import { AsyncActions, type AsyncOptions } from './async-actions';
import { cloudRoutes } from './cloud-routes';
import type { Route, World } from './collections';
import { organizationCollections, organizationRoutes } from './organization-routes';
import { page, type QueryOptions, single } from './query';
import { badParameter, failure, json, Refusal, unsupported } from './replies';
import { backupServerRoutes } from './server-routes';
import { Throttle, type ThrottleOptions } from './throttle';
import type { Session, Tokens } from './tokens';
import { vb365Routes } from './vb365-routes';
import { type ApiVersion, hasOwnTenants } from './version';

export interface RouteOptions extends QueryOptions, AsyncOptions, ThrottleOptions {
  version: ApiVersion;
  clock: () => number;
  /** Whether the answer to a call without a token has a body. */
  unauthorizedBody: boolean;
  /** Paths below /api/v3, such as "organizations/resellers", that fail inside the server. */
  failing: readonly string[];
}

/** Everything below /api/v3. */
export class ServiceProviderConsoleRoutes {
  private readonly routes: readonly Route[];
  private readonly actions: AsyncActions;
  private readonly throttle: Throttle;

  constructor(
    private readonly options: RouteOptions,
    world: World,
    private readonly tokens: Tokens,
  ) {
    const collections = organizationCollections(world);
    this.routes = [
      ...cloudRoutes(world, collections),
      ...backupServerRoutes(world, collections),
      ...vb365Routes(world, collections),
      // These have the widest patterns.
      ...organizationRoutes(world, collections),
    ].filter(({ only }) => only === undefined || (only === 'since3.6') === hasOwnTenants(options.version));
    this.actions = new AsyncActions(options);
    this.throttle = new Throttle(options);
  }

  answer(request: Request): Reply {
    const [api, version, ...segments] = segmentsOf(request.url.pathname);
    if (api?.toLowerCase() !== 'api') {
      return { status: 404 };
    }
    if (version?.toLowerCase() !== 'v3') {
      return unsupported(request.url);
    }
    try {
      return this.throttle.refusal(request) ?? this.below(segments, request);
    } catch (error) {
      if (error instanceof Refusal) {
        return error.reply;
      }
      throw error;
    }
  }

  private below(segments: readonly string[], request: Request): Reply {
    if (matchPath('token', segments)) {
      return request.method === 'POST' ? this.tokens.answer(request) : unsupported(request.url);
    }
    const session = this.tokens.sessionOf(request);
    const revoked = matchPath('users/{id}/tokens', segments)?.[0];
    const action = this.actions.isOne(segments);
    const found = this.find(segments);
    if (!found && !action && revoked === undefined) {
      return unsupported(request.url);
    }
    if (!session) {
      return this.unauthorized();
    }
    if (request.method !== 'GET' && session.readOnly) {
      return failure(403, 'The token allows reading only.', 'security');
    }
    if (revoked !== undefined && request.method === 'DELETE') {
      return this.revoke(revoked, session.account);
    }
    if (request.method !== 'GET' || (!action && !found)) {
      return unsupported(request.url);
    }
    if (action) {
      return this.actions.answer(segments, session.account);
    }
    const answer = () => this.read(found as Found, request, session);
    return this.actions.deferred(request, session.account, answer) ?? answer();
  }

  private find(segments: readonly string[]): Found | undefined {
    for (const route of this.routes) {
      const ids = matchPath(route.pattern, segments);
      if (ids?.every(isUid)) {
        return { route, ids, segments };
      }
    }
    return undefined;
  }

  private read({ route, ids, segments }: Found, request: Request, { account }: Session): Reply {
    if (this.options.failing.some(pattern => matchPath(pattern, segments))) {
      return failure(520, 'Internal server error.\r\nSee the log of the server.', 'unspecified');
    }
    if (!admits(route.admitted, account.role)) {
      return failure(403, 'The user has no permission for this operation.', 'security');
    }
    const query = request.url.searchParams;
    const expand = new Set(query.getAll('expand').map(word => word.toLowerCase()));
    const known = (route.expands ?? []).map(word => word.toLowerCase());
    if ([...expand].some(word => !known.includes(word))) {
      throw badParameter('expand', 'The value of expand is not valid.');
    }
    const outcome = route.handle({ version: this.options.version, account, ids, query, expand });
    if (!outcome) {
      return failure(404, `The object ${ids.at(-1) ?? ''} was not found.`);
    }
    return 'rows' in outcome ? page(outcome.rows, query, this.options) : single(outcome.item, query, this.options);
  }

  private unauthorized(): Reply {
    return this.options.unauthorizedBody
      ? failure(401, 'The access token is missing, invalid or expired.', 'security')
      : { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
  }

  /** Signs the account out everywhere. */
  private revoke(userId: string, { id, role }: Account): Reply {
    const user = userId.toLowerCase();
    if (user !== id && role !== 'PortalAdministrator') {
      return failure(403, 'The user has no permission for this operation.', 'security');
    }
    this.tokens.revoke(user);
    return json(200, { errors: null });
  }
}

interface Found {
  readonly route: Route;
  readonly ids: readonly string[];
  readonly segments: readonly string[];
}

const UID_SHAPE = guid('shape', 0).replace(/[0-9a-f]/g, '0');

/** A segment that is not a uid belongs to another path. */
function isUid(text: string): boolean {
  return text.toLowerCase().replace(/[0-9a-f]/g, '0') === UID_SHAPE;
}
