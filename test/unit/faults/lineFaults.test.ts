import { runEach } from './fault';
import { lineFaults } from './lineFaults';

runEach(lineFaults);
