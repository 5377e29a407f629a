import type { Check } from '../stage';
import { activate } from './activate';
import { click } from './click';
import { connect } from './connect';
import { deactivate } from './deactivate';
import { finish } from './finish';
import { listen } from './listen';
import { load } from './load';
import { poll } from './poll';
import { reconnect } from './reconnect';
import { renewal } from './renewal';
import { restart } from './restart';
import { setup } from './setup';
import { verify } from './verify';

/** All checks in the order in which they run: each goes on from where the ones before it left the stage. */
export const checks: readonly Check[] = [
	load,
	connect,
	activate,
	click,
	finish,
	restart,
	listen,
	verify,
	poll,
	setup,
	renewal,
	reconnect,
	deactivate,
];
