import type { BrowserWay } from '../../products/signIn';
import type { SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { showFailure } from '../shared/failureMessages';
import { askForSettings, withDeviceCode } from './signInWayInputs';

/** Has the user sign in to a server with a browser. Answers whether that has worked; a failure is shown. */
export async function signInWithBrowser(servers: Servers, server: SavedServer, way: BrowserWay): Promise<boolean> {
  const settings = await askForSettings(server, way);
  if (!settings) {
    return false;
  }
  try {
    await withDeviceCode(server, way, settings, (show, signal) =>
      servers.signInWithBrowser(server, way.id, settings, show, signal),
    );
    return true;
  } catch (error) {
    await showFailure(error);
    return false;
  }
}
