import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { visibleText } from './text';

const outer = 'iframe.webview.ready';
const inner = 'iframe#active-frame';

/** The page of the report, inside of the two frames that VS Code puts around it. */
export class Report {
  readonly frame: FrameLocator;

  /** @param refresh the title of the button that is there while nothing is being read */
  constructor(
    private readonly page: Page,
    private readonly refresh = 'Refresh',
  ) {
    this.frame = page.frameLocator(outer).frameLocator(inner);
  }

  /** Waits until everything has been read. */
  async loaded(): Promise<void> {
    await this.button(this.refresh).waitFor();
  }

  /** For what runs inside of the page. */
  async content(): Promise<Frame> {
    const frame = await (await this.frame.owner().elementHandle())?.contentFrame();
    if (!frame) {
      throw new Error('The page of the report has gone.');
    }
    return frame;
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** The part of the page under this heading. */
  section(heading: string): Section {
    return new Section(this.frame.getByRole('region', { name: heading, exact: true }), this.page);
  }

  /** Makes the page so many pixels wide. Answers with what undoes that. */
  async resized(wanted: number): Promise<() => Promise<void>> {
    const size = this.page.viewportSize() ?? { width: 1280, height: 800 };
    const content = await this.content();
    const before = await content.evaluate<number>('innerWidth');
    const resize = async (width: number) => {
      await this.page.setViewportSize({ width: size.width - before + width, height: size.height });
      // VS Code lays its parts out later. The page's rules forbid what Playwright waits with.
      await content.evaluate(`new Promise(resolve => {
        const look = () => (innerWidth === ${width} ? resolve() : requestAnimationFrame(look));
        look();
      })`);
    };
    await resize(wanted);
    return () => resize(before);
  }

  /** The name of what has the focus. */
  async focused(): Promise<string> {
    return await (await this.content()).evaluate<string>(
      `document.activeElement.getAttribute('aria-label') ?? document.activeElement.firstChild?.textContent ?? ''`,
    );
  }

  /** What is read out to those who do not see it. */
  async said(): Promise<string> {
    return (await this.frame.getByRole('status').textContent()) ?? '';
  }
}

export class Section {
  constructor(
    readonly locator: Locator,
    private readonly page: Page,
  ) {}

  /** The cells of the rows that are shown, row by row. */
  async rows(): Promise<string[][]> {
    const rows = await this.locator.locator('tbody tr').all();
    return await Promise.all(rows.map(async row => await row.locator('th, td').allInnerTexts()));
  }

  async names(): Promise<string[]> {
    return await this.locator.locator('tbody th').allInnerTexts();
  }

  async text(): Promise<string> {
    return await visibleText(this.locator);
  }

  header(title: string): Locator {
    return this.locator.getByRole('columnheader', { name: title });
  }

  async sort(title: string): Promise<void> {
    await this.header(title).getByRole('button').click();
  }

  async filter(text: string): Promise<void> {
    await this.locator.getByRole('textbox').fill(text);
  }

  async kind(label: string): Promise<void> {
    await this.locator.getByRole('combobox').selectOption({ label });
  }

  async action(name: string): Promise<void> {
    await this.locator.getByRole('button', { name, exact: true }).click();
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }
}
