import type { Trial } from '../trial';
import { activation } from './activation';
import { disturbances } from './disturbances';
import { fetched } from './fetched';
import { oneDial } from './oneDial';
import { statements } from './statements';
import { throughput } from './throughput';
import { deadRefreshToken, expiredToken } from './tokens';

/** All trials, in the order in which they run on one farm. */
export const trials: readonly Trial[] = [
	activation,
	throughput,
	statements,
	...disturbances,
	fetched,
	oneDial,
	expiredToken,
	deadRefreshToken,
];
