import { randomInt } from 'node:crypto';
import getPort from 'get-port';

/**
 * Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152): one of those would
 * be taken now and then while the program that is to listen there still starts, or starts again.
 */
const FROM = 10_000;
const TO = 32_768;
const TRIES = 100;

/**
 * Finds a free TCP port of 127.0.0.1 for a program that will listen there.
 * @returns a random one, so that two processes that look at the same time hardly find the same
 */
export async function freePort(): Promise<number> {
	return await getPort({ host: '127.0.0.1', port: Array.from({ length: TRIES }, () => randomInt(FROM, TO)) });
}
