/// The morning report of the story in `MorningTests`, in both languages; its figures were worked out by hand.
enum MorningGolden {
    static let english = """
        Morning report: Tuesday, 8 March 2016, 08:00 (UTC)

                                    Yesterday            Last 7 days
                                    Mon 7 Mar  Tue 1 Mar – Mon 7 Mar
          Created                           2                      3
          Solved                            2                      2
          Closed                            1                      1
          Reopened                          0                      0
          Resolution, median          3 d 3 h                3 d 3 h
          Resolution, 90 % within    5 d 11 h               5 d 11 h
          CSAT (answers)           100.0% (1)              66.7% (3)
          SLA warnings                      1                      1

        Backlog now: 3
          new      1  ██████████████████████████████
          open     1  ██████████████████████████████
          pending  1  ██████████████████████████████
          on hold  0

        Breached in the last 24 hours: 1
          T-3  resolution  normal  First line  Tue 8 Mar 01:00

        SLA, last 7 days
                          Met  Breached  Compliance
          first response    1         0      100.0%
          resolution        2         1       66.7%

        Bottleneck, last 7 days
          Вторая линия, pending: 168 h in all, 1.0 tickets at a time on average

        Created and solved by day
          Tue 1 Mar  Created  1  ███████████████
                     Solved   0
          Wed 2 Mar  Created  0
                     Solved   0
          Thu 3 Mar  Created  0
                     Solved   0
          Fri 4 Mar  Created  0
                     Solved   0
          Sat 5 Mar  Created  0
                     Solved   0
          Sun 6 Mar  Created  0
                     Solved   0
          Mon 7 Mar  Created  2  ██████████████████████████████
                     Solved   2  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░

        Age of the backlog
          under 1 day   1  ██████████████████████████████
          1–3 days      1  ██████████████████████████████
          3–7 days      0
          7–30 days     0
          over 30 days  1  ██████████████████████████████
          Oldest: T-1 (47 d 8 h), T-3 (1 d 8 h), T-5 (8 h 0 min)

        By group, created in the last 7 days
                        Created  Backlog now
          First line          2            1  ██████████████████████████████
          (none)              1            1  ██████████████████████████████
          Вторая линия        0            1  ██████████████████████████████

        By priority, created in the last 7 days
                  Created  Backlog now
          normal        2            2  ██████████████████████████████
          low           0            1  ███████████████
          urgent        1            0

        """

    static let russian = """
        Утренний отчёт: вторник, 8 марта 2016 г., 08:00 (UTC)

                                               Вчера            За 7 дней
                                            пн 7 мар  вт 1 мар – пн 7 мар
          Создано                                  2                    3
          Решено                                   2                    2
          Закрыто                                  1                    1
          Открыто повторно                         0                    0
          Время решения, медиана             3 д 3 ч              3 д 3 ч
          Время решения, 90 % не дольше     5 д 11 ч             5 д 11 ч
          CSAT (ответов)                 100,0 % (1)           66,7 % (3)
          Предупреждения SLA                       1                    1

        Не решено сейчас: 3
          новые                1  ██████████████████████████████
          в работе             1  ██████████████████████████████
          ждут заявителя       1  ██████████████████████████████
          ждут третью сторону  0

        Нарушено за последние 24 часа: 1
          T-3  решение  обычный  First line  вт 8 мар 01:00

        SLA за 7 дней
                        Соблюдено  Нарушено  Доля соблюдения
          первый ответ          1         0          100,0 %
          решение               2         1           66,7 %

        Узкое место за 7 дней
          Вторая линия, ждут заявителя: 168 ч всего, 1,0 обращения одновременно в среднем

        Создано и решено по дням
          вт 1 мар  Создано  1  ███████████████
                    Решено   0
          ср 2 мар  Создано  0
                    Решено   0
          чт 3 мар  Создано  0
                    Решено   0
          пт 4 мар  Создано  0
                    Решено   0
          сб 5 мар  Создано  0
                    Решено   0
          вс 6 мар  Создано  0
                    Решено   0
          пн 7 мар  Создано  2  ██████████████████████████████
                    Решено   2  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░

        Возраст нерешённых
          до 1 дня        1  ██████████████████████████████
          1–3 дня         1  ██████████████████████████████
          3–7 дней        0
          7–30 дней       0
          больше 30 дней  1  ██████████████████████████████
          Самые старые: T-1 (47 д 8 ч), T-3 (1 д 8 ч), T-5 (8 ч 0 мин)

        По группам, создано за 7 дней
                        Создано  Не решено сейчас
          First line          2                 1  ██████████████████████████████
          (не указано)        1                 1  ██████████████████████████████
          Вторая линия        0                 1  ██████████████████████████████

        По приоритетам, создано за 7 дней
                   Создано  Не решено сейчас
          обычный        2                 2  ██████████████████████████████
          низкий         0                 1  ███████████████
          срочный        1                 0

        """
}
