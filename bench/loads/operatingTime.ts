import { finish } from '../../bitrix24/methods/calls';
import { ask, type Conversation } from '../../bitrix24/plan';
import { logOnce } from '../../nodes/Bitrix24Telephony/operations/call/logging';
import { VirtualPortal } from '../model/virtualPortal';
import { boundOf, FINISH, loadOf, loadTable, LOG, type Measured } from './load';

/** Milliseconds of work that one method may have in ten minutes (contract data, limits). */
const OPERATING = 420_000;

/** The largest value of Maximum Wait, milliseconds. */
const MAXIMUM_WAIT = 86_400_000;

/**
 * Rows 4 and 5 with the limit on operating time, in virtual time: nobody waits for the minutes that the portal asks
 * for.
 * @returns the tables to print
 */
export async function underOperatingTime({ finishes, logs }: { finishes: number; logs: number }): Promise<string> {
	const finished = await measure(`${finishes} Finish items`, finishes, (index) => finishing(`call ${index}`));
	const logged = await measure(`${logs} Log Calls`, logs, logging);
	const bound = (count: number, methods: string[]): number =>
		boundOf(loadOf(count, methods, 1), { operating: OPERATING });
	return `${loadTable([finished], bound(finishes, [FINISH]))}\n\n${loadTable([logged], bound(logs, LOG))}`;
}

async function measure(
	name: string,
	count: number,
	conversation: (index: number) => Conversation<unknown>,
): Promise<Measured> {
	const portal = new VirtualPortal();
	const client = portal.client(MAXIMUM_WAIT);
	const began = portal.time.now();
	await portal.time.until(
		Promise.all(Array.from({ length: count }, async (_, index) => await client.converse(conversation(index)))),
	);
	return { name, lost: count - portal.finished.size, requests: portal.requests, time: portal.time.now() - began };
}

function* finishing(CALL_ID: string): Conversation<unknown> {
	return yield* ask(finish({ CALL_ID, USER_ID: 2, DURATION: 7, STATUS_CODE: '200', ADD_TO_CHAT: 1 }));
}

/** A Log Call of the load. */
export function logging(index: number): Conversation<unknown> {
	const externalCallId = `bench ${index}`;
	return logOnce(
		{
			employee: { id: 2 },
			phoneNumber: `+49406${1_000_000 + index}`,
			incoming: true,
			start: '2026-03-01T10:00:00+01:00',
			duration: 33,
			statusCode: '200',
			externalCallId,
			skipLogged: true,
			recording: 'none',
			messages: [],
			crmCreate: false,
			addToChat: false,
		},
		externalCallId,
	);
}
