import './style/main.css';
import { start } from './start';

start(document);
