// A part of VS Code's window as an SVG in the colours of whatever theme it is shown in: what is text on the screen stays
// text, what is filled stays filled, and each colour becomes the theme's variable that it came from.
import type { Locator } from 'playwright-core';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How opaque it is, together with all that is around it. */
  readonly opacity: number;
}

interface Text extends Box {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly color: string;
  readonly on: keyof typeof onColor;
}

interface Icon extends Box {
  readonly icon: string;
  readonly color: string;
  readonly on: keyof typeof onColor;
}

interface Area extends Box {
  readonly fill: string;
  readonly stroke: string;
  readonly radius: number;
}

interface Scene {
  readonly width: number;
  readonly height: number;
  readonly areas: readonly Area[];
  readonly texts: readonly Text[];
  readonly icons: readonly Icon[];
  /** Values of the theme's variables. */
  readonly colors: Readonly<Record<string, string>>;
}

/** Those that a picture may use. Where several have the same value, the first counts. */
const variables = [
  'foreground',
  'button-background',
  'button-hoverBackground',
  'button-secondaryBackground',
  'list-activeSelectionBackground',
  'list-focusBackground',
  'quickInputList-focusBackground',
  'list-hoverBackground',
  'list-highlightForeground',
  'descriptionForeground',
  'icon-foreground',
  'focusBorder',
  'sideBar-background',
  'quickInput-background',
  'quickInputTitle-background',
  'editorWidget-background',
  'input-background',
  'input-border',
  'widget-border',
  'input-placeholderForeground',
  'list-warningForeground',
  'problemsWarningIcon-foreground',
  'textLink-foreground',
  'sideBarTitle-foreground',
  'pickerGroup-foreground',
  'sideBar-border',
  'contrastBorder',
];

/** Colours of text on a coloured ground: in some themes the same as that of other text, and not in others. */
const onColor = { button: 'button-foreground', list: 'list-activeSelectionForeground', other: 'foreground' };

/**
 * @param title what it shows, for those who cannot see it
 * @param words what takes the place of texts that differ from one run to the next
 */
export async function themedPicture(
  part: Locator,
  height: number | undefined,
  words: Readonly<Record<string, string>>,
  title: string,
): Promise<string> {
  await part.evaluate(new Function('root', untilNothingMoves) as (root: unknown) => Promise<void>);
  const scene: Scene = await part.evaluate(
    new Function('root', 'options', readScene) as (root: unknown, options: unknown) => Scene,
    { variables, height },
  );
  const variable = (name: string): string => `var(--vscode-${name})`;
  const named = (color: string): string | undefined => variables.find(each => scene.colors[each] === color);
  const fill = (color: string): string => {
    const name = named(color);
    return name ? variable(name) : 'none';
  };
  const ink = ({ color, on }: Text | Icon): string => variable(named(color) ?? onColor[on]);
  const shade = ({ opacity }: Box) => (opacity < 1 ? ` opacity="${short(opacity)}"` : '');
  const place = ({ x, y, width, height: tall }: Box) =>
    `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(tall)}"`;
  const replaced = (text: string) => Object.entries(words).reduce((all, [from, to]) => all.replaceAll(from, to), text);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${short(scene.width)} ${short(scene.height)}" font-family="var(--vscode-font-family)">`,
    `<title>${escaped(title)}</title>`,
    ...scene.areas.map(
      area =>
        `<rect ${place(area)}${area.radius ? ` rx="${area.radius}"` : ''} fill="${fill(area.fill)}"${
          named(area.stroke) ? ` stroke="${fill(area.stroke)}"` : ''
        }${shade(area)}/>`,
    ),
    ...scene.icons.map(
      icon =>
        `<g transform="translate(${short(icon.x)} ${short(icon.y)})" fill="none" stroke="${ink(icon)}"${shade(icon)}>${
          drawings[icon.icon] ?? drawings.other
        }</g>`,
    ),
    ...scene.texts.map(text => {
      const shown = replaced(text.text);
      const length = (text.width * shown.length) / text.text.length;
      const bold = text.bold ? ' font-weight="600"' : '';
      // Other fonts are wider or narrower; the picture's layout is that of the one here.
      return `<text x="${short(text.x)}" y="${short(text.y + text.height * 0.78)}" font-size="${short(text.size)}"${bold} textLength="${short(length)}" lengthAdjust="spacingAndGlyphs" fill="${ink(text)}"${shade(text)}>${escaped(shown)}</text>`;
    }),
    '</svg>\n',
  ].join('\n');
}

function short(number: number): string {
  return String(Math.round(number * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Simple shapes of 16 by 16 in place of VS Code's icons, by the names of these. */
const drawings: Readonly<Record<string, string>> = {
  other: '<circle cx="8" cy="8" r="5"/>',
  'tree-item-expanded': '<path d="M4 6l4 4 4-4"/>',
  'view-pane-container-expanded': '<path d="M4 6l4 4 4-4"/>',
  'view-pane-container-collapsed': '<path d="M6 4l4 4-4 4"/>',
  'tree-item-collapsed': '<path d="M6 4l4 4-4 4"/>',
  cloud: '<path d="M4.5 12.5a3 3 0 0 1 0-6 4 4 0 0 1 7.5 1 2.5 2.5 0 0 1 0 5z"/>',
  'server-environment': '<path d="M4.5 1.5h7v9h-7zM7 4h2M3 13.5h10M8 10.5v3"/>',
  server: '<path d="M3.5 2.5h9v4h-9zM3.5 9.5h9v4h-9zM6 4.5h1M6 11.5h1"/>',
  folder: '<path d="M1.5 12.5v-9h5l1.5 2h6.5v7z"/>',
  database: '<ellipse cx="8" cy="4" rx="5" ry="2"/><path d="M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4"/>',
  organization: '<circle cx="8" cy="5" r="2.5"/><path d="M3.5 13.5c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5"/>',
  person: '<circle cx="8" cy="5" r="2.5"/><path d="M3.5 13.5c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5"/>',
  briefcase: '<path d="M1.5 5.5h13v8h-13zM5.5 5.5v-2h5v2M1.5 9h13"/>',
  'circle-slash': '<circle cx="8" cy="8" r="5.5"/><path d="M4 12l8-8"/>',
  copy: '<path d="M5.5 5.5h8v9h-8zM3 11.5H2.5V1.5h8V3"/>',
  warning: '<path d="M8 2l6.5 12H1.5zM8 6.5v3.5M8 11.5v1"/>',
  'dialog-warning': '<path d="M8 2l6.5 12H1.5zM8 6.5v3.5M8 11.5v1"/>',
  close: '<path d="M4 4l8 8M12 4l-8 8"/>',
  'dialog-close': '<path d="M4 4l8 8M12 4l-8 8"/>',
  add: '<path d="M8 3v10M3 8h10"/>',
  search: '<circle cx="9.5" cy="6.5" r="4"/><path d="M6.5 9.5l-4.5 4.5"/>',
  filter: '<path d="M2 4.5h12M4 8h8M6 11.5h4"/>',
  refresh: '<path d="M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5"/>',
  'new-folder': '<path d="M8 12.5H1.5v-9h5l1.5 2h6.5V8M12 9.5v5M9.5 12h5"/>',
  'collapse-all': '<path d="M4.5 4.5h7v7h-7zM6.5 8h3M3 9V2.5h6.5"/>',
  'go-to-file': '<path d="M3.5 1.5h6l3 3v10h-9z"/>',
  info: '<circle cx="8" cy="8" r="5.5"/><path d="M8 7v4M8 5v1"/>',
  ellipsis: '<path d="M3 8h1M7.5 8h1M12 8h1"/>',
  'toolbar-more': '<path d="M3 8h1M7.5 8h1M12 8h1"/>',
};

// What runs inside the page is a text: a compiler's helpers would not be there.

/** What fades in or slides has neither its place nor its colours yet; what turns for ever never stops. */
const untilNothingMoves = `
  const ends = root.getAnimations({ subtree: true }).filter(each => each.effect.getComputedTiming().endTime < Infinity);
  return Promise.allSettled(ends.map(each => each.finished)).then(() => undefined);
`;

const readScene = `
  const frame = root.getBoundingClientRect();
  const height = options.height ?? frame.height;
  const scene = { width: frame.width, height, areas: [], texts: [], icons: [], colors: {} };
  const theme = getComputedStyle(document.querySelector('.monaco-workbench'));
  const probe = document.body.appendChild(document.createElement('i'));
  for (const name of options.variables) {
    probe.style.color = '';
    probe.style.color = theme.getPropertyValue('--vscode-' + name);
    if (probe.style.color) scene.colors[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  const clear = color => color === 'transparent' || /^rgba\\(.*, 0\\)$/.test(color);
  const boxOf = (rect, opacity) => ({
    x: rect.left - frame.left, y: rect.top - frame.top, width: rect.width, height: rect.height, opacity,
  });
  const inside = rect => rect.width > 0 && rect.height > 0 && rect.top >= frame.top - 1 && rect.left >= frame.left - 1 &&
    rect.bottom <= frame.top + height + 1 && rect.left < frame.right;
  // Where VS Code cuts a text off.
  const rightEnd = element => {
    for (let each = element; each !== root; each = each.parentElement) {
      if (getComputedStyle(each).overflowX !== 'visible') return Math.min(each.getBoundingClientRect().right, frame.right);
    }
    return frame.right;
  };
  const visit = (element, opacity) => {
    const style = getComputedStyle(element);
    opacity *= Number(style.opacity);
    if (style.display === 'none' || style.visibility === 'hidden' || opacity === 0) return;
    const rect = element.getBoundingClientRect();
    const on = element.closest('.monaco-button') ? 'button' : element.closest('.monaco-list-row') ? 'list' : 'other';
    const fill = clear(style.backgroundColor) ? '' : style.backgroundColor;
    const stroke = parseFloat(style.borderTopWidth) > 0 && parseFloat(style.borderLeftWidth) > 0 && !clear(style.borderTopColor)
      ? style.borderTopColor : '';
    if (rect.width > 3 && rect.height > 3 && (fill || stroke) && (element === root || inside(rect))) {
      const box = boxOf(rect, opacity);
      scene.areas.push({ ...box, height: Math.min(box.height, height), fill, stroke, radius: parseFloat(style.borderTopLeftRadius) || 0 });
    }
    const name = [...element.classList].map(each => /^codicon-(.+)$/.exec(each)?.[1]).filter(each => each && !/^(modifier|spin)/.test(each))[0];
    if (name && inside(rect)) {
      const middle = { left: rect.left + rect.width / 2 - 8, top: rect.top + rect.height / 2 - 8, width: 16, height: 16 };
      const icon = name === 'tree-item-expanded' && element.classList.contains('collapsed') ? 'tree-item-collapsed' : name;
      const look = getComputedStyle(element, '::before');
      scene.icons.push({ ...boxOf(middle, opacity), icon, on, color: look.color || style.color });
    }
    if (element.tagName === 'INPUT') {
      const text = element.value || element.placeholder;
      if (text && inside(rect)) {
        const size = parseFloat(style.fontSize);
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.font = size + 'px ' + style.fontFamily;
        const color = element.value ? style.color : getComputedStyle(element, '::placeholder').color;
        const left = rect.left + parseFloat(style.paddingLeft);
        scene.texts.push({ ...boxOf({ left, top: rect.top + (rect.height - size * 1.3) / 2, width: canvas.measureText(text).width, height: size * 1.3 }, opacity),
          text, size, bold: false, color, on });
      }
    }
    for (const child of element.childNodes) {
      if (child.nodeType === 1) visit(child, opacity);
      if (child.nodeType !== 3 || !child.data.trim()) continue;
      const range = document.createRange();
      // One piece for each line that the text is broken into.
      let from = 0;
      let last;
      const push = to => {
        range.setStart(child, from);
        range.setEnd(child, to);
        const where = range.getBoundingClientRect();
        const text = child.data.slice(from, to).trim();
        const width = rightEnd(element) - where.left;
        if (text && inside(where) && where.width > width + 1) {
          const shown = text.slice(0, Math.floor((text.length * width) / where.width) - 1).trimEnd() + '…';
          const box = { ...boxOf(where, opacity), width: (where.width * shown.length) / text.length };
          scene.texts.push({ ...box, text: shown, size: parseFloat(style.fontSize), bold: Number(style.fontWeight) >= 600, color: style.color, on });
        } else if (text && inside(where)) {
          scene.texts.push({ ...boxOf(where, opacity), text, size: parseFloat(style.fontSize), bold: Number(style.fontWeight) >= 600, color: style.color, on });
        }
        from = to;
      };
      for (let at = 0; at < child.data.length; at++) {
        range.setStart(child, at);
        range.setEnd(child, at + 1);
        const { top, width } = range.getBoundingClientRect();
        if (width === 0) continue;
        if (last !== undefined && Math.abs(top - last) > 3) push(at);
        last = top;
      }
      push(child.data.length);
    }
  };
  visit(root, 1);
  return scene;
`;
