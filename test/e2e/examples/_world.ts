import { join } from 'node:path';
import { tmpdir } from 'node:os';

/** The folder that the examples' n8n may read; n8n 2 lets workflows read no other. */
export const READABLE_FOLDER = join(tmpdir(), `n8n-example-files-${process.pid}`);

/** Real seconds that a second of the simulated PBX lasts. */
export const TIME_FACTOR = 0.05;
