import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Nothing here needs a graphics card, the Internet, or a sandbox of its own (which containers do not allow). */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** What distributions call it, and Chrome, which serves as well. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Finds the installed Chromium: `CHROMIUM_PATH`, else `/usr/bin/chromium`, else the first that is on the PATH.
 * @throws Error that says how to install it
 */
function findChromium(env: NodeJS.ProcessEnv = process.env): string {
	const { CHROMIUM_PATH, PATH = '' } = env;
	if (CHROMIUM_PATH) {
		if (isExecutable(CHROMIUM_PATH)) return CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH names ${CHROMIUM_PATH}, which cannot be run.`);
	}
	const directories = ['/usr/bin', ...PATH.split(delimiter).filter(Boolean)];
	const found = NAMES.flatMap((name) => directories.map((directory) => join(directory, name))).find(isExecutable);
	if (found) return found;
	throw new Error(
		'Chromium is missing. Install it (Debian package "chromium": apt-get install chromium), or name its program in CHROMIUM_PATH.',
	);
}

/** Starts Chromium without a window. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
	return await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
