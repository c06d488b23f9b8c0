import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The page of the report, inside of the two frames that VS Code puts around it. */
export class Report {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Waits until everything has been read. */
  async loaded(): Promise<void> {
    await this.button('Refresh').waitFor();
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }
}
