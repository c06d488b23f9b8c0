/**
 * The JSON form of an Enterprise Manager resource, made from its XML form by the documented rules: attributes and
 * elements become members side by side, a list loses the level of its elements' name, and values are typed. Made without
 * the parser that is under test.
 */
export function jsonTwin(xml: string): unknown {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [token, closing, name = '', attributes = '', empty] of xml.matchAll(
    /<(\/?)([\w:]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>|[^<]+/g,
  )) {
    const parent = open.at(-1) ?? root;
    if (!token.startsWith('<')) {
      parent.text += withoutReferences(token);
    } else if (closing) {
      open.pop();
    } else {
      const element: Element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!empty) {
        open.push(element);
      }
    }
  }
  const [element] = root.children;
  return element && { [element.name]: memberOf(element) };
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const lists: Readonly<Record<string, string>> = {
  CloudSubtenants: 'CloudSubtenant',
  CloudTenants: 'CloudTenant',
  Links: 'Link',
};

function memberOf({ name, attributes, children, text }: Element): unknown {
  if (name in lists) {
    return children.map(memberOf);
  }
  if (children.length === 0 && Object.keys(attributes).length === 0) {
    return typed(name, text);
  }
  const members = [
    ...children.map(child => [child.name, memberOf(child)] as const),
    ...Object.entries(attributes)
      .filter(([attribute]) => attribute !== 'xmlns')
      .map(([attribute, value]) => [attribute, typed(attribute, value)] as const),
  ];
  return Object.fromEntries(members);
}

function typed(name: string, text: string): unknown {
  if (name === 'Enabled' || name === 'Unlimited') {
    return text === 'true';
  }
  return name.endsWith('Mb') ? Number(text) : text;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, withoutReferences(value)]),
  );
}

function withoutReferences(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    name ? (named[name] ?? whole) : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}
