/**
 * One description of a resource, two ways to write it. XML tells attributes from elements and gives every list an
 * element of its own; JSON puts attributes and elements side by side, attributes last, and types its values.
 */
export type Scalar = string | number | boolean | null;

export interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly name?: string;
}

export interface Resource {
  /** The XML element; JSON has no such name. */
  readonly element: string;
  /** In the order of the XML attributes. */
  readonly attributes?: Readonly<Record<string, Scalar | undefined>>;
  /** null is written by JSON only. */
  readonly links?: readonly Link[] | null;
  /** In the order of the XML elements. undefined is written by neither form, a null value by JSON only. */
  readonly members?: Readonly<Record<string, Member | undefined>>;
}

export type Member = Scalar | Resource | List;

/** XML: <Resources><CloudTenantResource/>...</Resources>, JSON: "Resources": { "CloudTenantResources": [...] } */
export interface List {
  readonly list: string;
  /** null: an empty XML element, a JSON null. */
  readonly items: Iterable<Resource> | null;
}

/** The answer to a request for a list: XML <CloudTenants>...</CloudTenants>, JSON { "CloudTenants": [...] } */
export interface Collection {
  readonly element: string;
  /** The JSON member, where it differs from the XML element. */
  readonly list?: string;
  readonly items: Iterable<Resource>;
}

export type Document = Resource | Collection;

const NAMESPACE = 'http://www.veeam.com/ent/v1.0';

export function isCollection(document: Document): document is Collection {
  return 'items' in document;
}

// XML

export function toXml(document: Document): string {
  if (isCollection(document)) {
    const { element } = document;
    return tag(element, { xmlns: NAMESPACE }, Array.from(document.items, item => xmlOf(item, item.element)).join(''));
  }
  return xmlOf({ ...document, attributes: { xmlns: NAMESPACE, ...document.attributes } }, document.element);
}

function xmlOf(resource: Resource, name: string): string {
  const content = [];
  if (resource.links) {
    content.push(tag('Links', {}, resource.links.map(xmlOfLink).join('')));
  }
  for (const [member, value] of Object.entries(resource.members ?? {})) {
    content.push(xmlOfMember(member, value));
  }
  return tag(name, resource.attributes ?? {}, content.join(''));
}

function xmlOfMember(name: string, value: Member | undefined): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (typeof value !== 'object') {
    return tag(name, {}, escapeXml(String(value)));
  }
  if ('list' in value) {
    return tag(name, {}, Array.from(value.items ?? [], item => xmlOf(item, item.element)).join(''));
  }
  return xmlOf(value, name);
}

function xmlOfLink(link: Link): string {
  return tag('Link', { Rel: link.rel, Type: link.type, Href: link.href, Name: link.name }, '');
}

function tag(name: string, attributes: Readonly<Record<string, Scalar | undefined>>, content: string): string {
  let start = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) {
      start += ` ${attribute}="${escapeXml(String(value))}"`;
    }
  }
  return content === '' ? `${start} />` : `${start}>${content}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(/[<>&"\r\n\t]/g, character => ENTITIES[character] ?? `&#${character.charCodeAt(0)};`);
}

// JSON

export function toJson(document: Document): object {
  return isCollection(document)
    ? { [document.list ?? document.element]: Array.from(document.items, jsonOf) }
    : jsonOf(document);
}

function jsonOf(resource: Resource): object {
  const { Href, Type, ...attributes } = resource.attributes ?? {};
  return {
    ...mapDefined(resource.members, jsonOfMember),
    ...mapDefined(attributes, value => value),
    ...(resource.links === undefined ? {} : { Links: resource.links?.map(jsonOfLink) ?? null }),
    ...mapDefined({ Href, Type }, value => value),
  };
}

function jsonOfMember(value: Member): unknown {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return 'list' in value ? { [value.list]: value.items && Array.from(value.items, jsonOf) } : jsonOf(value);
}

/** A live server writes the members that a link does not have, too. */
function jsonOfLink(link: Link): object {
  return { Rel: link.rel, Href: link.href, Name: link.name ?? null, Type: link.type ?? null };
}

function mapDefined<T>(
  members: Readonly<Record<string, T | undefined>> | undefined,
  change: (value: T) => unknown,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members ?? {})) {
    if (value !== undefined) {
      result[name] = change(value);
    }
  }
  return result;
}

/**
 * The same with the names of members in .NET's camel case, as version 13 writes them: `uid` for `UID`, `externalIP` for
 * `ExternalIP`, `adTenantType` for `ADTenantType`.
 */
export function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inCamelCase);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [camelCase(name), inCamelCase(member)]));
}

/** All capitals at the start become small, except one that begins the next word. */
function camelCase(name: string): string {
  return name.replace(/^[A-Z]+?(?=[A-Z][a-z]|[^A-Z]|$)/, start => start.toLowerCase());
}
