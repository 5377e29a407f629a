import { installN8n } from '../../../tools/host/install';
import build from './build';

/** Before tests that drive a real n8n. Here the progress of an installation is seen; inside a test it would look like a hang. */
export default async function host(): Promise<void> {
	await build();
	await installN8n();
}
