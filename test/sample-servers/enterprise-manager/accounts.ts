import { XMLParser } from 'fast-xml-parser';
import type { Request } from '../server';
import type { EnterpriseManagerData } from './data';

/** Whose password a request to log on has: the administrator's as Basic, a tenant's in the body. Undefined if it is wrong. */
export function accountOf(
  request: Request,
  options: { readonly username: string; readonly password: string },
  data: EnterpriseManagerData,
): { userName: string; tenant: number | undefined } | undefined {
  const basic = /^basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic) {
    const [userName = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    const known = userName.toLowerCase() === options.username.toLowerCase();
    return known && rest.join(':') === options.password ? { userName, tenant: undefined } : undefined;
  }
  const credentials = tenantCredentials(request);
  const tenant = credentials && data.tenants.find(row => row.name === credentials.userName);
  return tenant && credentials.password === options.password
    ? { userName: tenant.name, tenant: tenant.index }
    : undefined;
}

function tenantCredentials(request: Request): { userName: string; password: string } | undefined {
  const isJson = request.headers['content-type']?.includes('json');
  try {
    const body = (isJson ? JSON.parse(request.body) : parseXml(request.body)) as Record<string, unknown>;
    const spec = (isJson ? body : body.LoginSpec) as { TenantCredentials?: Record<string, unknown> } | undefined;
    const credentials = spec?.TenantCredentials;
    return credentials && { userName: String(credentials.Username), password: String(credentials.Password) };
  } catch {
    return undefined;
  }
}

function parseXml(text: string): unknown {
  return new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true }).parse(text);
}
