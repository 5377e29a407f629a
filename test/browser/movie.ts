import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { buildPackage } from '../../tools/build';
import { type Demo, startDemo } from '../../tools/demo';
import { installN8n } from '../../tools/n8n/install';
import { Desk } from './support/desk';
import { Editor } from './support/editor';
import { Film } from './support/film';
import { Narrator } from './support/narrator';
import { Visit } from './support/visit';

const ROOT = join(__dirname, '../..');
const PATH = join(ROOT, 'docs/images/call.gif');
/** Bytes. A page with a larger one is slow to read. */
const LARGEST = 2_000_000;
const SIZE = { width: 1200, height: 740 };
/** Milliseconds: to read a caption, to see that something moved. */
const READ = 1_100;
const GLANCE = 500;

// Films a call anew for the README: npx tsx test/browser/movie.ts
main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	await installN8n();
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	// Phones that ring as long as real ones, for somebody answers them.
	const demo = await startDemo({ sandbox: { pbx: { timeFactor: 1 } } });
	const visit = await Visit.start({ size: SIZE });
	const film = new Film();
	try {
		const editor = await Editor.login(await visit.tab(), demo.n8n);
		await filmCall(await visit.tab(), demo, film);
		await filmExecutions(editor, demo, film);
	} finally {
		await visit.end();
		await demo.stop();
	}
	keep(film);
}

/** A click on a number, the talk, and the call in the history. */
async function filmCall(page: Page, demo: Demo, film: Film): Promise<void> {
	const desk = await Desk.open(page, demo.sandbox.url, 'Ben Carter');
	const narrator = new Narrator(page, film);
	await narrator.say('In Bitrix24, an employee clicks a phone number');
	await narrator.hold(GLANCE);
	await narrator.point(desk.number('Julia Sommer'));
	await desk.call('Julia Sommer');

	await desk.card.waitFor();
	await desk.phone('employee', 'ringing').waitFor();
	await narrator.say('The workflow rings the employee; the card is open');
	await narrator.hold(READ);
	await narrator.point(desk.button('employee', 'answer'));
	await desk.press('employee', 'answer');

	await desk.phone('client', 'ringing').waitFor();
	await narrator.say('Then it rings the client');
	await narrator.hold(GLANCE);
	await narrator.point(desk.button('client', 'answer'));
	await desk.press('client', 'answer');

	await narrator.say('They talk');
	for (const second of [1, 2]) {
		await desk.untilTalkedFor(second);
		await narrator.hold(GLANCE);
	}
	await narrator.point(desk.button('employee', 'hangup'));
	await desk.press('employee', 'hangup');

	await desk.card.waitFor({ state: 'detached' });
	// The recording comes a moment after the call: the execution that attaches it is over.
	await demo.n8n.waitForExecution({ workflowId: demo.workflowId, where: ({ runs }) => 'Finish' in runs });
	await desk.openView('calls');
	await desk.history.first().waitFor();
	await narrator.say('The call is in the history: duration, outcome, recording');
	await narrator.hold(READ);
	await narrator.point(desk.history.first());
	await desk.history.first().locator('summary').first().click();
	await desk.timeline.waitFor();
	await narrator.say('The sandbox shows each of its steps');
	await narrator.hold(2 * READ);
}

/** The two executions that the call left in n8n. */
async function filmExecutions(editor: Editor, { workflowId }: Demo, film: Film): Promise<void> {
	const narrator = new Narrator(editor.page, film);
	await editor.page.bringToFront();
	await editor.openExecutions(workflowId);
	await editor.executions('success').nth(1).waitFor();
	await editor.plain();
	await editor.executions().last().click();
	for (const name of ['Click in Bitrix24', 'Ring the Employee']) await editor.greenNode(name).waitFor();
	await narrator.say('In n8n: the click rang the phones …');
	await narrator.hold(READ);
	await narrator.point(editor.executions().first());
	await editor.executions().first().click();
	for (const name of ['Call Ended', 'Finish']) await editor.greenNode(name).waitFor();
	await narrator.say('… and the phone system’s report finished the call');
	await narrator.hold(2 * READ);
}

function keep(film: Film): void {
	mkdirSync(dirname(PATH), { recursive: true });
	writeFileSync(PATH, film.gif());
	const { size } = statSync(PATH);
	console.log(`${relative(ROOT, PATH)}: ${Math.round(size / 1_000)} kB, ${(film.ms / 1_000).toFixed(1)} s`);
	if (size > LARGEST) throw new Error(`${relative(ROOT, PATH)} has ${size} bytes, more than ${LARGEST}`);
}
