import { installN8n } from '../../../tools/n8n/install';
import build from './build';

/**
 * Before tests that drive a real n8n. Here the progress of an installation is seen; inside a test it would look like a
 * hang.
 */
export default async function n8n(): Promise<void> {
	await build();
	await installN8n();
}
